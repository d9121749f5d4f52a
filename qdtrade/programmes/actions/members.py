"""Giving roles, and letting them end."""

import datetime
from typing import Any

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.audit import trail

from .. import rules
from ..models import Membership, Programme
from .deputies import end_what_rests_on


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
        if bureau is not None:
            # Nobody files for the bureau, as one without an account, at the moment in which it gets one.
            trail.lock(bureau)
        # Two roles given at once exclude each other as two given one after the other do.
        trail.lock(user)
        trail.create(membership, by=by, acting=acting)
    user.forget()
    return membership


def end_membership(
    membership: Membership, *, by: Any, ends_on: datetime.date | None = None, comment: str = ""
) -> Membership:
    """Let a role end on a day (yesterday, so that it no longer holds today), and the deputies that rest on it."""
    acting = rules.grants(membership, by)
    last = ends_on or clock.today() - datetime.timedelta(days=1)
    last = max(last, membership.starts_on)
    with trail.unit():
        fresh = trail.change(membership, {"ends_on": last}, by=by, acting=acting, comment=comment)
        end_what_rests_on(fresh, last, by=by, acting=acting)
    membership.user.forget()
    return fresh
