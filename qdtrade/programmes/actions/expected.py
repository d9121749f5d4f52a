"""Changing what is owed: excusing a bureau from one report, or taking its first submission later; and taking that back.

Serves the rows of every ledger: reports of tasks, parts of cooperating bureaus, updates of projects.
"""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.audit import trail
from qdtrade.errors import Refusal

from .. import rules
from ..models import Expected


def exempt(expected: Any, *, by: Any, reason: str) -> Any:
    """Excuse a bureau from one report: the row stays in the ledger and leaves the denominator."""
    acting = rules.manages(expected.period, by)
    reason = _given(reason)
    with trail.unit() as unit:
        fresh = _not_filed(expected)
        fields = {"exempt_reason": reason, "exempt_at": unit.began, "exempt_by": by}
        return trail.change(fresh, fields, by=by, acting=acting, action="exempt", comment=reason)


def withdraw_exemption(expected: Any, *, by: Any, reason: str) -> Any:
    """The report is owed again."""
    acting = rules.manages(expected.period, by)
    reason = _given(reason)
    with trail.unit():
        fresh = _not_filed(expected)
        rules.is_exempt(fresh)
        fields = {"exempt_reason": "", "exempt_at": None, "exempt_by": None}
        return trail.change(fresh, fields, by=by, acting=acting, action="withdraw_exemption", comment=reason)


def grant_exception(expected: Any, *, by: Any, until: datetime.date, reason: str) -> Any:
    """Take a first submission until the end of a later day; it still counts as late after the due date."""
    acting = rules.manages(expected.period, by)
    reason = _given(reason)
    if until < clock.today():
        raise ValidationError({"until": _("The day must not be in the past.")})
    with trail.unit() as unit:
        fresh = _not_filed(expected)
        fields = {
            "exception_until": until,
            "exception_reason": reason,
            "exception_at": unit.began,
            "exception_by": by,
        }
        return trail.change(fresh, fields, by=by, acting=acting, action="grant_exception", comment=reason)


def withdraw_exception(expected: Any, *, by: Any, reason: str) -> Any:
    """The form closes with the period again."""
    acting = rules.manages(expected.period, by)
    reason = _given(reason)
    with trail.unit():
        fresh = _not_filed(expected)
        rules.has_exception(fresh)
        fields = dict.fromkeys(("exception_until", "exception_at", "exception_by")) | {"exception_reason": ""}
        return trail.change(fresh, fields, by=by, acting=acting, action="withdraw_exception", comment=reason)


def for_each(rows: Iterable[Expected], change: Callable[[Any], Any]) -> list[tuple[Expected, str]]:
    """Make one of these changes to each row, every row an act of its own; the rows with the reason of a refusal."""
    results = []
    for row in sorted(rows, key=lambda one: int(one.pk)):
        try:
            results.append((change(row), ""))
        except Refusal as refusal:
            results.append((row, str(refusal)))
    return results


def _given(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": _("Please give a reason.")})
    return reason.strip()


def _not_filed(expected: Any) -> Any:
    """The row, locked, while it can still be changed."""
    fresh = trail.lock(expected)
    rules.is_not_filed(fresh)
    return fresh
