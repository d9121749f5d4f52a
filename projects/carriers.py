"""What each carrier has promised and done: its signings, the gates they passed, their money, and its updates."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import F

from . import figures, grouped
from .figures import NOTHING, Tally
from .grouped import Group
from .models import Gate, MoneyKind
from .models.project import ProjectQuerySet

Step = Gate.Step
NOTHING_DUE = dict.fromkeys(map(str, grouped.SETTLED), 0)


@dataclass(frozen=True)
class Line:
    """The figures of one carrier, or of all together."""

    group: Group
    updates: dict[str, int] = field(default_factory=lambda: dict(NOTHING_DUE))

    @property
    def signed(self) -> Tally:
        return self.group.signed

    @property
    def contracted(self) -> Tally:
        return self.group.passed.get(Step.CONTRACT, Tally())

    @property
    def started(self) -> Tally:
        return self.group.passed.get(Step.STARTED, Tally())

    @property
    def came_in(self) -> Decimal:
        return self.group.money.get(MoneyKind.IN, NOTHING)

    @property
    def in_share(self) -> Decimal | None:
        """Money in, in percent of what is planned."""
        return figures.share(self.came_in, self.signed.amount)

    @property
    def settled(self) -> int:
        """How many updates are decided: what can still come in time counts nowhere."""
        return sum(self.updates.values())

    @property
    def on_time_share(self) -> Decimal | None:
        """Updates in time, in percent of those that are decided."""
        return figures.share(self.updates["on_time"], self.settled)


def lines(
    projects: ProjectQuerySet, now: datetime.datetime, on: datetime.date, found: Iterable[dict[str, Any]]
) -> list[Line]:
    """A line for each of these rows of `grouped.rows`, in their order."""
    groups = grouped.groups(projects, "carrier", on, found)
    owed = grouped.timeliness(grouped.updates(projects, now, on), key=F("bureau"))
    return [Line(one, owed.get(one.key, dict(NOTHING_DUE))) for one in groups]


def total(projects: ProjectQuerySet, now: datetime.datetime, on: datetime.date) -> Line:
    """All carriers together, those on other pages too."""
    whole = figures.whole(projects, on)
    group = Group(
        None,
        Tally(whole.count, whole.amount),
        whole.terminated + whole.removed,
        figures.passed(projects, on),
        figures.money(projects, on),
    )
    return Line(group, grouped.timeliness(grouped.updates(projects, now, on))[None])
