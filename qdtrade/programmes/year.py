"""A programme's year as a calendar shows it: a row per period with its days and its counts, and the year by a rule."""

import calendar as months
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from qdtrade import clock

from .calendar import Calendar, days
from .held import programme_ids
from .ledgers import LEDGERS, counts_of
from .models import Period, Programme
from .models.membership import READS_ALL
from .rates import percent
from .timetable import Timetable


@dataclass(frozen=True)
class StripDay:
    """One day of a strip; `phase` is open, grace or empty."""

    kind: str
    phase: str
    due: bool
    today: bool


@dataclass(frozen=True)
class PeriodRow:
    """A period with its strip, the working day that its due date is, and its counts (None before it opened)."""

    period: Period
    strip: list[StripDay]
    working_day: int
    counts: dict[str, int] | None

    @property
    def on_time_rate(self) -> Decimal | None:
        """On time ÷ (expected − exempt) in percent, once the period has closed; None for an empty denominator."""
        if self.counts is None or self.period.is_running:
            return None
        return percent(self.counts["on_time"], self.counts["owed"])


@dataclass(frozen=True)
class PlannedPeriod:
    """A period as the rule would make it, beside the one that is there already; `near` names the holidays about it."""

    period: Period
    working_day: int
    exists: Period | None
    near: list[str]

    @property
    def is_as_by_rule(self) -> bool:
        """Whether the period that is there has the dates that the rule gives."""
        there = self.exists
        return there is not None and all(
            getattr(there, name) == getattr(self.period, name) for name in Period.by_rule
        )


def rows(periods: list[Period], calendar: Calendar, user: Any) -> list[PeriodRow]:
    """The rows of these periods, counted over what the person sees."""
    counts = _counts([period for period in periods if period.status != Period.Status.PLANNED], user)
    return [
        PeriodRow(
            period=period,
            strip=strip(period, calendar),
            working_day=len(calendar.between(period.starts_on, period.due_on)),
            counts=counts.get(period.pk),
        )
        for period in periods
    ]


def is_read_as_kept(period: Period, user: Any) -> bool:
    """Whether the person reads the figures that were kept when the period was frozen: who reads the programme whole."""
    return bool(period.figures) and period.programme_id in programme_ids(user, READS_ALL)


def _counts(periods: list[Period], user: Any) -> dict[int, dict[str, int]]:
    """The figures of each period, summed over the ledgers."""
    found = {
        period.pk: list((period.figures or {}).values())
        for period in periods
        if is_read_as_kept(period, user)
    }
    fresh = [period for period in periods if period.pk not in found]
    for ledger in LEDGERS.values():
        for pk, line in counts_of(ledger, ledger.rows(user), fresh).items():
            found.setdefault(pk, []).append(line)
    return {pk: _summed(lines) for pk, lines in found.items()}


def _summed(lines: list[dict[str, Any]]) -> dict[str, int]:
    """The counts of several ledgers together; their break-downs stay with each."""
    names = [name for name, value in lines[0].items() if isinstance(value, int)]
    return {name: sum(line.get(name, 0) for line in lines) for name in names}


def strip(period: Period, calendar: Calendar) -> list[StripDay]:
    """The days of the month in which the period is due."""
    start = period.due_on.replace(day=1)
    last = months.monthrange(start.year, start.month)[1]
    return list(_strip_days(period, calendar, start, start.replace(day=last)))


def _strip_days(
    period: Period, calendar: Calendar, first: datetime.date, last: datetime.date
) -> Iterator[StripDay]:
    today = clock.today()
    for day in days(first, last):
        phase = "open" if period.opens_on <= day <= period.due_on else ""
        if period.due_on < day <= period.grace_on:
            phase = "grace"
        yield StripDay(_kind(day, calendar), phase, day == period.due_on, day == today)


def _kind(day: datetime.date, calendar: Calendar) -> str:
    is_working = calendar.exceptions.get(day)
    if is_working is None:
        return "weekend" if day.weekday() >= 5 else "work"
    return "makeup" if is_working else "holiday"


def planned(
    programme: Programme, timetable: Timetable, year: int, periods: list[Period], calendar: Calendar
) -> list[PlannedPeriod]:
    """The periods of a year that lie in the programme, with the dates that the rule gives them."""
    have = {period.starts_on: period for period in periods if period.kind == timetable.kind}
    return [
        _planned(programme, timetable, span, have.get(span[0]), calendar)
        for span in timetable.spans(year)
        if span[1] >= programme.starts_on and span[0] <= programme.ends_on
    ]


def _planned(
    programme: Programme, timetable: Timetable, span: Any, exists: Period | None, calendar: Calendar
) -> PlannedPeriod:
    dates = timetable.dates(span, calendar)
    return PlannedPeriod(
        period=Period(programme=programme, kind=timetable.kind, **dates),
        working_day=len(calendar.between(dates["starts_on"], dates["due_on"])),
        exists=exists,
        near=calendar.holidays_near(dates["opens_on"], dates["grace_on"]),
    )
