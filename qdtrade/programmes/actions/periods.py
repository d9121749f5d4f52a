"""Planning periods: making those of a year, moving them to a calendar that changed, and other dates by hand."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from qdtrade.audit import trail
from qdtrade.errors import WrongState

from .. import rules
from ..calendar import Calendar
from ..models import Period, Programme
from ..timetable import Span, Timetable, timetable_of


def plan_periods(
    programme: Programme, timetable: Timetable, spans: Iterable[Span], *, by: Any
) -> list[Period]:
    """Make the missing periods over these days by a rule, all or none; those that exist stay."""
    acting = rules.runs_programme(programme, by)
    rules.keeps_timetable(timetable)
    calendar = Calendar()
    with trail.unit():
        have = set(programme.periods.filter(kind=timetable.kind).values_list("starts_on", flat=True))
        rows = [_planned(programme, timetable, span, calendar) for span in spans if span[0] not in have]
        return [trail.create(row, by=by, acting=acting) for row in rows]


def _planned(programme: Programme, timetable: Timetable, span: Span, calendar: Calendar) -> Period:
    dates = timetable.dates(span, calendar)
    return Period(programme=programme, kind=timetable.kind, rule=timetable.kept(dates), **dates)


def plan_months(programme: Programme, year: int, months: Iterable[int], *, by: Any) -> list[Period]:
    """Make the missing monthly periods of these months by the programme's own rule."""
    timetable = Timetable.of(programme, kind=Period.Kind.MONTH)
    wanted = set(months)
    spans = [span for span in timetable.spans(year) if span[0].month in wanted]
    return plan_periods(programme, timetable, spans, by=by)


def edit_period(
    period: Period, dates: dict[str, datetime.date], *, by: Any, comment: str = "", seen: str = ""
) -> Period:
    """Change the dates of a period that has not opened yet."""
    acting = rules.manages(period, by)
    with trail.unit():
        _not_open(period)
        changed = trail.change(period, dates, by=by, acting=acting, comment=comment, seen=seen)
        changed.clean()
        return changed


def move_to_calendar(programme: Programme, year: int, *, by: Any) -> list[Period]:
    """Give the periods of a year that have not opened the dates that their rule gives by the days entered since.

    Dates changed by hand stay. Returns the periods that moved.
    """
    acting = rules.runs_programme(programme, by)
    with trail.unit():
        planned = programme.periods.filter(starts_on__year=year, status=Period.Status.PLANNED)
        moved = []
        for period, dates in out_of_step(planned.order_by("pk"), Calendar()):
            fresh = _not_open(period)
            rule = {**fresh.rule, **{name: dates[name].isoformat() for name in Period.by_rule}}
            fields = {**dates, "rule": rule}
            moved.append(trail.change(fresh, fields, by=by, acting=acting, action="move_to_calendar"))
        return moved


def out_of_step(
    periods: Iterable[Period], calendar: Calendar
) -> list[tuple[Period, dict[str, datetime.date]]]:
    """Periods not open yet whose rule gives other dates by this calendar, with those; not those changed by hand."""
    found = []
    for period in periods:
        timetable = timetable_of(period)
        if timetable is None or period.status != Period.Status.PLANNED or period.changed_by_hand:
            continue
        dates = timetable.dates((period.starts_on, period.ends_on), calendar)
        if any(dates[name] != getattr(period, name) for name in Period.by_rule):
            found.append((period, dates))
    return found


def _not_open(period: Period) -> Period:
    """The row, locked, while its dates can still be changed."""
    fresh = trail.lock(period)
    if fresh.status != Period.Status.PLANNED:
        raise WrongState(_("%(period)s has opened; its dates are fixed.") % {"period": fresh})
    return fresh
