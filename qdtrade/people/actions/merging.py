"""A bureau becomes a part of another one, and its people go with it."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from qdtrade import clock
from qdtrade.accounts.actions import merge_bureau
from qdtrade.accounts.models import Bureau
from qdtrade.audit import trail
from qdtrade.errors import Refusal, reason_of
from qdtrade.programmes.actions import add_member, end_membership
from qdtrade.programmes.models import Membership
from qdtrade.programmes.rules import grants

from ..open_work import BureauWork

ONE_DAY = datetime.timedelta(days=1)


def merge(
    bureau: Bureau,
    into: Bureau,
    *,
    by: Any,
    merged_on: datetime.date,
    comment: str,
    people: Iterable[Membership] = (),
    seen: str = "",
) -> Bureau:
    """Merge a bureau, and give these of its people the same role in the other one, in one act.

    They change on the day of the merger, or today where that is over: what was done until now was done for the old one.
    """
    first = max(merged_on, clock.today())
    with trail.unit():
        merged = merge_bureau(bureau, into, by=by, merged_on=merged_on, comment=comment, seen=seen)
        for row in sorted(people, key=lambda one: one.pk):
            _move(row, into, first, by)
    return merged


def _move(row: Membership, into: Bureau, first: datetime.date, by: Any) -> None:
    """The role ends the day before, and the same role in the other bureau begins, to the same end.

    A role that would begin later goes, for nobody ever held it.
    """
    last, acting = row.ends_on, grants(row, by)
    has_it = into.memberships.on(first).filter(user=row.user, programme=row.programme, role=row.role).exists()
    if row.starts_on < first:
        end_membership(row, by=by, ends_on=first - ONE_DAY)
    else:
        trail.delete(trail.lock(row), by=by, acting=acting, action="merge")
    if not has_it and (last is None or last >= first):
        start = max(first, row.starts_on)
        add_member(row.programme, row.user, by=by, role=row.role, bureau=into, starts_on=start, ends_on=last)


def hand_over(
    work: BureauWork, rows: Iterable[Any], into: Bureau, *, by: Any, comment: str
) -> list[tuple[Any, str]]:
    """Hand rows over, each an act of its own: with each the reason where it was refused, which stops no other."""
    return [(row, _handed(work, row, into, by, comment)) for row in rows]


def _handed(work: BureauWork, row: Any, into: Bureau, by: Any, comment: str) -> str:
    assert work.passes is not None
    try:
        work.passes(row, into=into, by=by, comment=comment)
    except (Refusal, ValidationError) as fault:
        return reason_of(fault)
    return ""
