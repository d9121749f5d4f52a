"""Making and changing programmes, memberships, periods and working days."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.accounts.actions import ensure_system
from qdtrade.accounts.models import Bureau
from qdtrade.audit import trail
from qdtrade.audit.models import Chain
from qdtrade.errors import WrongState

from . import rules
from .calendar import Calendar
from .models import Export, Membership, Period, Programme, Role, WorkingDay


def create_programme(code: str, *, by: Any, name: str, region: Bureau, starts_on: datetime.date,
                     ends_on: datetime.date, **fields: Any) -> Programme:  # fmt: skip
    """A new programme with its chain of records and the timer's membership."""
    rules.runs_server(by)
    if code == "system":
        raise ValidationError({"code": _("This code is taken by the system's own records.")})
    service = ensure_system()
    programme = Programme(code=code, name=name, region=region, starts_on=starts_on, ends_on=ends_on, **fields)
    with trail.unit():
        trail.create(programme, by=by)
        Chain.objects.create(scope=programme.pk, code=programme.code)
        timer = Membership(
            user=service, programme=programme, role=Role.TIMER, starts_on=min(starts_on, clock.today())
        )
        trail.create(timer, by=by)
    by.forget()
    return programme


def edit_programme(programme: Programme, fields: dict[str, Any], *, by: Any) -> Programme:
    """Change a programme's names, dates or rules of time; periods that exist keep their dates."""
    acting = rules.runs_programme(programme, by)
    unknown = fields.keys() - set(Programme.settings)
    if unknown:
        raise ValidationError(_("These cannot be changed: %(names)s") % {"names": ", ".join(sorted(unknown))})
    with trail.unit():
        fresh = trail.change(programme, fields, by=by, acting=acting)
        fresh.clean()
        return fresh


def add_member(programme: Programme, user: Any, *, by: Any, role: str, bureau: Bureau | None = None,
               starts_on: datetime.date | None = None, ends_on: datetime.date | None = None) -> Membership:  # fmt: skip
    """Give a person a role from a day (today) and perhaps to a day."""
    membership = Membership(
        user=user,
        programme=programme,
        role=role,
        bureau=bureau,
        starts_on=starts_on or clock.today(),
        ends_on=ends_on,
    )
    acting = rules.grants(membership, by)
    with trail.unit():
        # Two roles given at once exclude each other as two given one after the other do.
        trail.lock(user)
        trail.create(membership, by=by, acting=acting)
    user.forget()
    return membership


def end_membership(membership: Membership, *, by: Any, ends_on: datetime.date | None = None) -> Membership:
    """Let a role end on a day (yesterday, so that it no longer holds today)."""
    acting = rules.grants(membership, by)
    last = ends_on or clock.today() - datetime.timedelta(days=1)
    with trail.unit():
        fresh = trail.change(membership, {"ends_on": max(last, membership.starts_on)}, by=by, acting=acting)
    membership.user.forget()
    return fresh


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


def edit_period(period: Period, dates: dict[str, datetime.date], *, by: Any, comment: str = "") -> Period:
    """Change the dates of a period that has not opened yet."""
    acting = rules.manages(period, by)
    with trail.unit():
        fresh = trail.lock(period)
        if fresh.status != Period.Status.PLANNED:
            raise WrongState(_("%(period)s has opened; its dates are fixed.") % {"period": fresh})
        changed = trail.change(period, dates, by=by, acting=acting, comment=comment)
        changed.clean()
        return changed


def load_working_days(rows: list[WorkingDay], *, by: Any) -> int:
    """Enter days that differ from Monday–Friday, or bring them up to date; returns how many changed."""
    rules.runs_server(by)
    with trail.unit():
        have = {row.day: row for row in WorkingDay.objects.all()}
        new = [row for row in rows if row.day not in have]
        for row in new:
            row.full_clean(validate_unique=False, validate_constraints=False)
        trail.create_many(new, by=by)
        changed = 0
        for row in rows:
            old = have.get(row.day)
            if old is None:
                continue
            before = (old.is_working, old.name, old.source)
            if before != (row.is_working, row.name, row.source):
                trail.change(
                    old, {"is_working": row.is_working, "name": row.name, "source": row.source}, by=by
                )
                changed += 1
        return len(new) + changed


def note_export(programme: Programme, what: str, *, rows: int, filters: dict[str, str], by: Any) -> Export:
    """Record that a file leaves, before its first row does; raises NotAllowed for people of other programmes."""
    acting = rules.reads(programme.pk, by)
    with trail.unit() as unit:
        export = Export(
            programme=programme, what=what, rows=rows, filters=filters, made_at=unit.began, made_by=by
        )
        return trail.create(export, by=by, acting=acting, action="export")


def note_records_opened(programme: Programme, *, by: Any) -> None:
    """Record that somebody opened the programme's records."""
    acting = rules.reads(programme.pk, by)
    with trail.unit():
        trail.record(acting, "open_records", by=by, acting=acting)
