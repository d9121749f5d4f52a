"""A programme's year as a calendar shows it: a row per period with its days and its counts."""

import calendar as months
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from qdtrade import clock

from .actions import month_dates
from .calendar import Calendar, days
from .ledgers import LEDGERS
from .models import Period, Programme


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
    def on_time_rate(self) -> float | None:
        """On time ÷ (expected − exempt) in percent, once the period has closed; None for an empty denominator."""
        if self.counts is None or self.period.is_running or not self.counts["owed"]:
            return None
        return round(100 * self.counts["on_time"] / self.counts["owed"] + 1e-9, 1)


@dataclass(frozen=True)
class PlannedMonth:
    """A month as the rule would make it, beside the period that is there already."""

    starts_on: datetime.date
    dates: dict[str, datetime.date]
    working_day: int
    exists: bool


def rows(periods: list[Period], calendar: Calendar) -> list[PeriodRow]:
    """The rows of these periods; figures that are frozen are read as they were kept."""
    opened = [period for period in periods if period.status != Period.Status.PLANNED]
    counts = _counts(opened)
    return [
        PeriodRow(
            period=period,
            strip=strip(period, calendar),
            working_day=len(calendar.between(period.starts_on, period.due_on)),
            counts=counts.get(period.pk),
        )
        for period in periods
    ]


def _counts(periods: list[Period]) -> dict[int, dict[str, int]]:
    """The figures of each period, summed over the ledgers."""
    kept = {period.pk: list(period.figures.values()) for period in periods if period.figures}
    fresh = [period for period in periods if period.pk not in kept]
    for ledger in LEDGERS.values():
        for pk, line in ledger.counts(fresh).items():
            kept.setdefault(pk, []).append(line)
    return {pk: _summed(lines) for pk, lines in kept.items()}


def _summed(lines: list[dict[str, Any]]) -> dict[str, int]:
    return {name: sum(line.get(name, 0) for line in lines) for name in lines[0]}


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


def planned_months(
    programme: Programme, year: int, periods: list[Period], calendar: Calendar
) -> list[PlannedMonth]:
    """The months of a year that lie in the programme, with the dates that the rule gives them."""
    have = {period.starts_on for period in periods if period.kind == Period.Kind.MONTH}
    found = []
    for month in range(1, 13):
        dates = month_dates(programme, year, month, calendar)
        if dates["ends_on"] < programme.starts_on or dates["starts_on"] > programme.ends_on:
            continue
        number = len(calendar.between(dates["starts_on"], dates["due_on"]))
        found.append(PlannedMonth(dates["starts_on"], dates, number, dates["starts_on"] in have))
    return found
