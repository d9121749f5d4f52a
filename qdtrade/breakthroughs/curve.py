"""How breakthroughs add up over a year: what was recognised, what is claimed, and what the target wants by when.

Only `Breakthrough.objects.counted` counts; the same rows stand behind every figure, so none of them can differ.
"""

import calendar
import datetime
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from django.db.models import Count, IntegerField, Q, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from qdtrade import clock
from qdtrade.programmes.models import Programme

from .models import Breakthrough, BreakthroughTarget


@dataclass(frozen=True)
class Month:
    """A month's end: recognised until then since the year began (None where it has not come), and due by then."""

    starts_on: datetime.date
    ends_on: datetime.date
    recognised: int | None
    target: int | None


@dataclass(frozen=True)
class Curve:
    """A year as it stands on a day. `recognised` counts to the target; `claimed` waits, and does not count."""

    year: int
    on: datetime.date
    months: list[Month]
    days: list[tuple[datetime.date, int]]
    """How many there were from each day on which the number changed."""
    recognised: int
    claimed: int
    candidates: int
    revoked: int
    target: BreakthroughTarget | None

    @property
    def total(self) -> int | None:
        """The target of the whole year; None where none was set."""
        return self.target.total if self.target else None

    @property
    def due(self) -> int | None:
        """What the target wants by the end of the month that the day is in."""
        if self.target is None or self.on.year < self.year:
            return None
        return self.target.due_in(self.on.month if self.on.year == self.year else 12)

    @property
    def ahead(self) -> int | None:
        """Recognised less what is due; below zero is behind."""
        return None if self.due is None else self.recognised - self.due

    @property
    def behind(self) -> int:
        """How many are lacking to what is due; 0 where none is."""
        return max(0, -(self.ahead or 0))

    @property
    def has_target(self) -> bool:
        return self.target is not None


def curve(programme: Programme, year: int, on: datetime.date | None = None, *, user: Any = None) -> Curve:
    """The year as it stood on a day (today), of what the person may see (everything), in three questions.

    What was revoked by that day counts in no month: the curve is restated.
    """
    day = on or clock.today()
    seen = Breakthrough.objects.all() if user is None else Breakthrough.objects.visible_to(user)
    rows = seen.of_programme(programme)
    counted = rows.counted(day).of_year(year)
    by_day = counted.order_by("recognised_on").values("recognised_on").annotate(n=Count("pk"))
    days = [(row["recognised_on"], row["n"]) for row in by_day if row["recognised_on"] is not None]
    added: Counter[int] = Counter()
    for recognised_on, number in days:
        added[recognised_on.month] += number
    waiting = _waiting(rows, year)
    target = BreakthroughTarget.objects.filter(programme=programme, year=year).first()
    return Curve(
        year=year,
        on=day,
        months=[_month(year, number, day, added, target) for number in range(1, 13)],
        days=list(zip([one for one, _n in days], accumulate(n for _one, n in days), strict=True)),
        recognised=added.total(),
        target=target,
        **waiting,
    )


def _waiting(rows: Any, year: int) -> dict[str, int]:
    status = Breakthrough.Status
    found: dict[str, int] = rows.aggregate(
        claimed=Count("pk", filter=Q(status=status.CLAIMED)),
        candidates=Count("pk", filter=Q(status__in=Breakthrough.WAITING_FOR_BUREAU)),
        revoked=Count("pk", filter=Q(status=status.REVOKED, recognised_on__year=year)),
    )
    return found


def _month(
    year: int, number: int, day: datetime.date, added: Counter[int], target: BreakthroughTarget | None
) -> Month:
    starts_on = datetime.date(year, number, 1)
    so_far = sum(added[earlier] for earlier in range(1, number + 1)) if starts_on <= day else None
    return Month(
        starts_on=starts_on,
        ends_on=datetime.date(year, number, calendar.monthrange(year, number)[1]),
        recognised=so_far,
        target=target.due_in(number) if target else None,
    )


def standing_parts(programme: Programme, year: int) -> dict[str, Any]:
    """Recognised and target of a year, for a line such as 27/45, as parts of a query that asks for more."""
    target = BreakthroughTarget.objects.filter(programme=programme, year=year).order_by("pk")
    total = Cast(KeyTextTransform(11, "points"), IntegerField())
    return {
        "recognised": Breakthrough.objects.of_programme(programme).counted().of_year(year),
        "target": Subquery(target.annotate(of_year=total).values("of_year")[:1]),
    }
