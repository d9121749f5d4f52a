"""The rule by which the periods of a year get their dates (DECISIONS 9): the preview asks it, and making them does."""

import calendar as months
import datetime
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from .calendar import Calendar
from .models import Period, Programme

Span = tuple[datetime.date, datetime.date]

LATEST_OPENING = {Period.Kind.MONTH: 28, Period.Kind.QUARTER: 28, Period.Kind.HALF_MONTH: 13}
"""The last day on which a period of each kind may open: every month and every half of one has it."""


@dataclass(frozen=True)
class Timetable:
    """How often is reported, on which day a period opens, on which working day it is due, and how long grace lasts.

    The opening day is counted in the period's last month, or within a half month; on a day off it moves on.
    """

    kind: str
    opens_day: int
    due_from: str
    due_working_day: int
    grace_days: int

    @classmethod
    def of(cls, programme: Programme, **other: Any) -> "Timetable":
        """The programme's own rule, perhaps with other values."""
        own: dict[str, Any] = {
            "kind": programme.report_kind,
            "opens_day": programme.opens_day,
            "due_from": programme.due_from,
            "due_working_day": programme.due_working_day,
            "grace_days": programme.grace_days,
        }
        return cls(**own | other)

    def spans(self, year: int) -> Iterator[Span]:
        """The first and the last day of each period of a year."""
        if self.kind == Period.Kind.QUARTER:
            for month in (1, 4, 7, 10):
                yield datetime.date(year, month, 1), _last_of(year, month + 2)
            return
        for month in range(1, 13):
            first, last = datetime.date(year, month, 1), _last_of(year, month)
            if self.kind == Period.Kind.HALF_MONTH:
                yield first, first.replace(day=15)
                first = first.replace(day=16)
            yield first, last

    def dates(self, span: Span, calendar: Calendar) -> dict[str, datetime.date]:
        """All dates of the period over these days; it opens at the latest on the day it is due."""
        starts_on, ends_on = span
        from_end = self.due_from == Programme.DueFrom.END
        due_on = calendar.nth(starts_on, ends_on, self.due_working_day, from_end=from_end)
        opens_on = calendar.on_or_after(self._opening(span))
        return {
            "starts_on": starts_on,
            "ends_on": ends_on,
            "opens_on": min(opens_on, due_on),
            "due_on": due_on,
            "grace_on": calendar.after(due_on, self.grace_days),
        }

    def _opening(self, span: Span) -> datetime.date:
        starts_on, ends_on = span
        day = min(self.opens_day, LATEST_OPENING[Period.Kind(self.kind)])
        if self.kind == Period.Kind.HALF_MONTH:
            return starts_on + datetime.timedelta(days=day - 1)
        return ends_on.replace(day=day)

    def kept(self, dates: dict[str, datetime.date]) -> dict[str, str]:
        """The rule and the dates it gave, as a period keeps them: what was changed by hand later shows beside them."""
        named = {name: dates[name].isoformat() for name in Period.by_rule}
        return {name: str(value) for name, value in asdict(self).items()} | named


def timetable_of(period: Period) -> Timetable | None:
    """The rule that a period was made by; None for one made before rules were kept."""
    if not period.rule:
        return None
    rule = period.rule
    return Timetable(
        kind=period.kind,
        opens_day=int(rule["opens_day"]),
        due_from=rule["due_from"],
        due_working_day=int(rule["due_working_day"]),
        grace_days=int(rule["grace_days"]),
    )


def _last_of(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, months.monthrange(year, month)[1])
