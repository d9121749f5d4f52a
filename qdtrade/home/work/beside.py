"""What stands beside a person's work: what happened since they last signed in, and how timely their bureau was."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from qdtrade import clock
from qdtrade.audit import history
from qdtrade.home.records import visible_events
from qdtrade.programmes.models import Period, Programme, Timeliness
from tasks.models import ExpectedReport, Task

SHOWN = 8
TOLD = ("task", "report", "expectedreport")
"""What is told: the acts themselves. That a period opened stands at the top of the page."""
PERIODS = 6
FULL = 48
"""Height of a whole bar, in the drawing's own units."""


@dataclass(frozen=True)
class Changes:
    """Acts of others on the tasks that a person owes, newest first, since a moment."""

    since: datetime.datetime
    lines: list[history.Line]


def changes(user: Any, programme: Programme, bureaus: list[Any]) -> Changes:
    """Since the sign-in before this one; a week for somebody who signs in for the first time."""
    since = user.previous_login or clock.now() - datetime.timedelta(days=7)
    tasks = Task.objects.visible_to(user).filter(programme=programme, lead__in=bureaus)
    events = visible_events(user).filter(
        chain__scope=programme.pk, root_kind="task", root_id__in=tasks.values("pk"), at__gt=since
    )
    rows = events.filter(kind__in=TOLD).exclude(actor_id=user.pk).exclude(action="open").order_by("-seq")
    return Changes(since, history.acts(rows[:SHOWN]))


@dataclass(frozen=True)
class Bar:
    """One period's share of reports that came in time, as a bar of the drawing."""

    period: Period
    on_time: int
    owed: int
    x: int
    running: bool

    @property
    def height(self) -> int:
        return round(FULL * self.on_time / self.owed) if self.owed else 0

    @property
    def top(self) -> int:
        return FULL - self.height

    @property
    def percent(self) -> float | None:
        """With one decimal; None where nothing was owed."""
        return round(100 * self.on_time / self.owed, 1) if self.owed else None


def timeliness(user: Any, periods: list[Period], bureaus: list[Any]) -> list[Bar]:
    """The last periods, oldest first: on time ÷ owed (DOMAIN: the first submission decides)."""
    latest = sorted(periods[:PERIODS], key=lambda period: period.starts_on)
    rows = (
        ExpectedReport.objects.visible_to(user)
        .filter(period__in=latest, bureau__in=bureaus)
        .with_timeliness(clock.now())
    )
    counted = rows.owed().values("period").order_by("period")
    on_time = Count("pk", filter=Q(timeliness=Timeliness.ON_TIME))
    found = {row["period"]: row for row in counted.annotate(owed=Count("pk"), on_time=on_time)}
    nothing = {"on_time": 0, "owed": 0}
    return [
        Bar(period, row["on_time"], row["owed"], number * 50, period.is_running)
        for number, period in enumerate(latest)
        for row in [found.get(period.pk, nothing)]
    ]
