"""Deputies (代理): another person acts for a bureau head or a reviewer, from a day to a day."""

import datetime
from typing import Any

from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.audit import trail
from qdtrade.audit.canonical import keepable
from qdtrade.errors import WrongState
from qdtrade.notices.actions import tell
from qdtrade.templatetags import days

from .. import rules
from ..covering import could_stand_in
from ..models import Membership

ONE_DAY = datetime.timedelta(days=1)


def appoint_deputy(membership: Membership, deputy: Any, *, by: Any, starts_on: datetime.date,
                   ends_on: datetime.date, reason: str = "") -> Membership:  # fmt: skip
    """Let another person act for the one who holds this role, who may act as before; both are told.

    Raises ValidationError with the names `membership`, `deputy`, `starts_on` and `ends_on`.
    """
    acting = rules.appoints(membership, deputy, by)
    reason = keepable(reason)
    with trail.unit() as unit:
        # A head's deputy has an account of the bureau: nobody files for it in its stead at this moment.
        if membership.bureau is not None:
            trail.lock(membership.bureau)
        trail.lock(deputy)
        fresh = trail.lock(membership)
        rules.may_stand_in(fresh, deputy, starts_on, ends_on)
        row = Membership(
            user=deputy, programme=fresh.programme, role=fresh.role, bureau=fresh.bureau, starts_on=starts_on,
            ends_on=ends_on, deputy_of=fresh,
        )  # fmt: skip
        trail.create(row, by=by, acting=acting, action="appoint_deputy", comment=reason)
        tell([deputy], about=row, move="appoint_deputy", by=by, comment=reason, at=unit.began)
        tell([fresh.user], about=row, move="be_deputised", by=by, comment=reason, at=unit.began)
    deputy.forget()
    return row


def end_deputy(deputy: Membership, *, by: Any, reason: str = "") -> None:
    """Let a deputy act no longer, from now on; one who has not begun never does. Both are told."""
    if deputy.deputy_of is None:
        raise WrongState(_("This role is held in one's own name; an administrator ends it."))
    acting = rules.covers(deputy.deputy_of, by)
    reason = keepable(reason)
    with trail.unit() as unit:
        fresh = trail.lock(deputy)
        last = clock.today() - ONE_DAY
        if fresh.ends_on is None or fresh.ends_on <= last:
            raise WrongState(_("This deputy's time ended on %(day)s.") % {"day": days.iso(fresh.ends_on)})
        people = [deputy.user, deputy.deputy_of.user]
        tell(people, about=deputy, move="end_deputy", by=by, comment=reason, at=unit.began)
        shorten(fresh, last, by=by, acting=acting, comment=reason)
    deputy.user.forget()


def shorten(
    deputy: Membership, last: datetime.date, *, acting: Membership | None, comment: str = "", by: Any
) -> None:
    """Let a deputy's role end on this day at the latest; where it would begin later, its row goes."""
    if deputy.starts_on > last:
        trail.delete(deputy, by=by, acting=acting, action="end_deputy", comment=comment)
    elif deputy.ends_on is not None and deputy.ends_on > last:
        trail.change(deputy, {"ends_on": last}, by=by, acting=acting, action="end_deputy", comment=comment)


def end_what_rests_on(ended: Membership, last: datetime.date, *, acting: Membership | None, by: Any) -> None:
    """After a role ended: nobody stands in for it, and its holder stands in for nobody for whom it was needed."""
    after = last + ONE_DAY
    rows = Membership.objects.of_deputies().filter(programme=ended.programme_id, ends_on__gte=after)
    rows = rows.select_for_update(of=("self",), no_key=True).order_by("pk")
    for row in rows.filter(deputy_of=ended):
        shorten(row, last, by=by, acting=acting)
    for row in rows.filter(user=ended.user_id):
        assert row.deputy_of is not None and row.ends_on is not None
        others = could_stand_in(row.deputy_of, max(row.starts_on, after), row.ends_on)
        if not others.filter(user=ended.user_id).exists():
            shorten(row, last, by=by, acting=acting)
