"""Planning periods."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from qdtrade.audit import trail
from qdtrade.errors import WrongState

from .. import rules
from ..calendar import Calendar
from ..models import Period, Programme


def month_dates(programme: Programme, year: int, month: int, calendar: Calendar) -> dict[str, datetime.date]:
    """The dates of a month's period by the programme's rule (DECISIONS 9)."""
    starts_on = datetime.date(year, month, 1)
    ends_on = (starts_on + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    from_end = programme.due_from == Programme.DueFrom.END
    due_on = calendar.nth(starts_on, ends_on, programme.due_working_day, from_end=from_end)
    opens_on = calendar.on_or_after(starts_on.replace(day=programme.opens_day))
    return {
        "starts_on": starts_on,
        "ends_on": ends_on,
        "opens_on": min(opens_on, due_on),
        "due_on": due_on,
        "grace_on": calendar.after(due_on, programme.grace_days),
    }


def plan_months(programme: Programme, year: int, months: Iterable[int], *, by: Any) -> list[Period]:
    """Make the missing monthly periods by the programme's rule, all or none; those that exist stay."""
    acting = rules.runs_programme(programme, by)
    calendar = Calendar()
    kind = Period.Kind.MONTH
    with trail.unit():
        have = set(
            programme.periods.filter(kind=kind, starts_on__year=year).values_list(
                "starts_on__month", flat=True
            )
        )
        rows = [
            Period(programme=programme, kind=kind, **month_dates(programme, year, month, calendar))
            for month in months
            if month not in have
        ]
        return [trail.create(row, by=by, acting=acting) for row in rows]


def edit_period(
    period: Period, dates: dict[str, datetime.date], *, by: Any, comment: str = "", seen: str = ""
) -> Period:
    """Change the dates of a period that has not opened yet."""
    acting = rules.manages(period, by)
    with trail.unit():
        fresh = trail.lock(period)
        if fresh.status != Period.Status.PLANNED:
            raise WrongState(_("%(period)s has opened; its dates are fixed.") % {"period": fresh})
        changed = trail.change(period, dates, by=by, acting=acting, comment=comment, seen=seen)
        changed.clean()
        return changed
