"""Closing the accounts of people who left, on the day after their last one."""

from typing import Any

from qdtrade import clock
from qdtrade.accounts.actions import close_account
from qdtrade.accounts.models import User
from qdtrade.audit import trail

from ..heirs import ending


def close_left(*, by: Any) -> int:
    """Close every account whose last day is over; one whose person has a role again stays open. Returns how many."""
    today, closed = clock.today(), 0
    for person in User.objects.filter(is_active=True, closes_on__lt=today).order_by("pk"):
        if person.closes_on is not None and ending(person, person.closes_on).exists():
            with trail.unit():
                trail.change(person, {"closes_on": None}, by=by, action="stay")
            continue
        close_account(person, by=by)
        closed += 1
    return closed
