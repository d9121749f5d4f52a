"""Changing what is owed: exempting a bureau from one report, or taking its first submission later."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.audit import trail

from .. import rules
from ..models import ExpectedReport


def exempt(expected: ExpectedReport, *, by: Any, reason: str) -> ExpectedReport:
    """Excuse a bureau from one report: the row stays in the ledger and leaves the denominator."""
    acting = rules.manages(expected.period, by)
    reason = _given(reason)
    with trail.unit() as unit:
        fresh = _not_filed(expected)
        fields = {"exempt_reason": reason, "exempt_at": unit.began, "exempt_by": by}
        return trail.change(fresh, fields, by=by, acting=acting, action="exempt", comment=reason)


def grant_exception(
    expected: ExpectedReport, *, by: Any, until: datetime.date, reason: str
) -> ExpectedReport:
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


def _given(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": _("Please give a reason.")})
    return reason.strip()


def _not_filed(expected: ExpectedReport) -> ExpectedReport:
    """The row, locked, while it can still be changed."""
    fresh = trail.lock(expected)
    rules.is_not_filed(fresh)
    return fresh
