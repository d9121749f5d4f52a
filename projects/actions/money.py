"""Entering the money of a project: sums on their days, and counter-entries that set them right."""

import datetime
from decimal import Decimal
from typing import Any

from qdtrade.audit import trail
from qdtrade.audit.canonical import keepable

from .. import rules
from ..models import MoneyEvent, Project
from ..models.days import sum_of


def enter_money(
    project: Project,
    *,
    by: Any,
    kind: str,
    on: datetime.date,
    amount: Decimal | None = None,
    note: str,
    **foreign: Any,
) -> MoneyEvent:
    """A sum that came in, was paid or was invested on a day. `foreign` holds its currency, the amount in it, the rate
    and its day; then the yuan may be left out.
    """
    by.forget()
    with trail.unit() as unit:
        fresh = _locked(project)
        acting = rules.enters_money(fresh, by)
        rules.goes_on(fresh)
        event = MoneyEvent(
            project=fresh, kind=kind, on=on, note=keepable(note), added_at=unit.began, added_by=by,
            added_for=acting.absent, **foreign,
        )  # fmt: skip
        if amount is not None:
            event.amount = amount
        elif event.original_amount and event.rate:
            event.amount = rules.in_yuan(event)
        event.clean_fields()
        rules.check_money(event)
        return trail.create(event, by=by, acting=acting, action="enter", comment=event.note)


def counter_entry(
    event: MoneyEvent, *, by: Any, on: datetime.date, note: str, amount: Decimal | None = None
) -> MoneyEvent:
    """Take back an earlier sum, or a part of it (`amount`, a positive number of yuan); both rows stay."""
    by.forget()
    with trail.unit() as unit:
        fresh = _locked(event.project)
        acting = rules.enters_money(fresh, by)
        original = MoneyEvent.objects.get(pk=event.pk)
        original.project = fresh
        taken_back = -original.corrections.aggregate(sum=sum_of("amount"))["sum"]
        back = amount if amount is not None else original.amount - taken_back
        row = MoneyEvent(
            project=fresh, kind=original.kind, on=on, amount=-back, note=keepable(note), corrects=original,
            added_at=unit.began, added_by=by, added_for=acting.absent,
        )  # fmt: skip
        row.clean_fields()
        rules.check_counter_entry(row, taken_back)
        return trail.create(row, by=by, acting=acting, action="correct", comment=row.note)


def _locked(project: Project) -> Project:
    return Project.objects.for_move().get(pk=trail.lock(project).pk)
