"""Submitting readings, and their corrections."""

from typing import Any

from qdtrade import clock
from qdtrade.audit import trail
from qdtrade.audit.canonical import keepable
from qdtrade.notices.actions import tell
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.models import Membership

from .. import rules
from ..models import Indicator, Reading
from ..told import reviewers_of


def submit_reading(indicator: Indicator, *, by: Any, **said: Any) -> Reading:
    """A reading of a period, for the pilot office to approve; until then it shows in no figure."""
    by.forget()
    with trail.unit():
        fresh, acting = _held(indicator, by)
        return _submitted(Reading(indicator=fresh, **_kept(said)), by, acting)


def correct_reading(reading: Reading, *, by: Any, reason: str, **said: Any) -> Reading:
    """A reading that takes the place of an approved one once it is approved; what is not said stays as it was."""
    by.forget()
    with trail.unit():
        fresh, acting = _held(reading.indicator, by)
        old = trail.lock(reading)
        rules.may_be_corrected(old)
        values = {name: getattr(old, name) for name in Reading.said_fields} | _kept(said)
        values |= {"period": old.period, "on": values["on"], "is_sample": old.is_sample}
        new = Reading(indicator=fresh, corrects=old, reason=keepable(reason), **values)
        return _submitted(new, by, acting)


def _held(indicator: Indicator, by: Any) -> tuple[Indicator, Membership]:
    """The indicator, locked, so that no two readings of a period begin at once."""
    rows = Indicator.objects.select_related("programme", "owner")
    fresh = rows.get(pk=trail.lock(indicator).pk)
    return fresh, rules.submits(fresh, by)


def _submitted(row: Reading, by: Any, acting: Membership) -> Reading:
    rules.may_be_submitted(row)
    rules.check_reading(row)
    row.submitted_at, row.submitted_by, row.submitted_for = trail.began(), by, acting.absent
    review_days = row.programme.review_days
    row.review_due_on = Calendar().after(clock.day_of(row.submitted_at), review_days)
    trail.create(row, by=by, acting=acting, action="submit", comment=row.reason)
    tell(
        reviewers_of(row.indicator), about=row, move="submit", by=by, comment=row.reason, at=row.submitted_at,
        acting_for=acting.stands_for,
    )  # fmt: skip
    return row


def _kept(said: dict[str, Any]) -> dict[str, Any]:
    return {name: keepable(value) if isinstance(value, str) else value for name, value in said.items()}
