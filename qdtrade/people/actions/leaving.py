"""Somebody leaves: their roles end on a day, their open work goes to colleagues, the account closes. One act."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.accounts import rules as accounts_rules
from qdtrade.accounts.actions import close_account
from qdtrade.accounts.models import User
from qdtrade.audit import trail
from qdtrade.audit.canonical import keepable
from qdtrade.errors import NotAllowed
from qdtrade.notices.actions import tell
from qdtrade.programmes import rules as programmes_rules
from qdtrade.programmes.actions import end_membership
from qdtrade.programmes.models import Membership
from qdtrade.templatetags.words import listed

from ..heirs import ending, heirs
from ..open_work import PersonalWork, of_membership

LONGEST_AHEAD = datetime.timedelta(days=366)
TOLD = 8
"""How many rows of a kind a colleague is told by name."""


def leave(
    person: User, *, by: Any, last_on: datetime.date, comment: str, to: Mapping[int, User | None]
) -> list[Membership]:
    """End the roles of a person who leaves, in the programmes that the administrator keeps; returns those that ended.

    `to` says for a role, by its id, who takes over: they are told what waits for them, and what stood in the person's
    own name becomes theirs; without anybody it goes back to all who could do it. The account closes with the last
    role: at once for a day that is over, else the day after by the timer. Raises ValidationError with the names
    `last_on`, `comment` and `heir-<id>`.
    """
    by.forget()
    accounts_rules.unlocks(person, by)
    comment = _checked(last_on, comment)
    with trail.unit():
        fresh = trail.lock(person)
        rows = [row for row in ending(fresh, last_on) if row.programme_id in kept_programmes(fresh, by)]
        if not rows:
            raise ValidationError({"last_on": _("No role of this person goes on after that day.")})
        for row in rows:
            heir = _heir(row, to.get(row.pk), last_on)
            _hand_over(row, heir, by, comment)
            _end(row, last_on, by, comment)
        trail.record(fresh, "leave", by=by, acting=accounts_rules.capacity(person, by), comment=comment)
        _close(fresh, last_on, by, comment)
    person.forget()
    return rows


def kept_programmes(person: User, user: Any) -> set[int]:
    """The programmes of the person whose roles this administrator ends."""
    theirs = {row.programme_id for row in person.memberships.all()}
    return theirs if user.is_superuser or user.is_service else theirs & user.administers


def _checked(last_on: datetime.date, comment: str) -> str:
    comment = keepable(comment).strip()
    if not comment:
        raise ValidationError({"comment": _("Please give a reason.")})
    if last_on > clock.today() + LONGEST_AHEAD:
        raise ValidationError({"last_on": _("At most a year ahead.")})
    return comment


def _heir(row: Membership, heir: User | None, last: datetime.date) -> User | None:
    """The colleague, if they could take over; a page that was open for long may name one who left meanwhile."""
    if heir is None:
        return None
    if not heirs(row, last).filter(user=heir).exists():
        words = _("%(person)s does not hold this role after that day. Choose somebody else.")
        raise ValidationError({f"heir-{row.pk}": words % {"person": heir}})
    return heir


def _hand_over(row: Membership, heir: User | None, by: Any, comment: str) -> None:
    """Each kind of work that comes with the role; the colleague gets one notice that names it."""
    told = [words for one in of_membership(row) if (words := _hand_over_kind(one, row, heir, by, comment))]
    if heir is not None and told:
        words = "；".join([comment, *told])
        tell([heir], about=row, move="take_over", by=by, comment=words[:2000], at=trail.began())


def _hand_over_kind(work: PersonalWork, row: Membership, heir: User | None, by: Any, comment: str) -> str:
    rows = list(work.rows(row))
    if work.passes is not None:
        for one in rows:
            work.passes(one, to=heir, by=by, comment=comment)
    names = [str(one) for one in rows[:TOLD]]
    more = f"（{len(rows)}）" if len(rows) > TOLD else ""
    return f"{work.label}{more}：{listed(names)}" if rows else ""


def _end(row: Membership, last: datetime.date, by: Any, comment: str) -> None:
    """A role that would begin later goes, for nobody ever held it; any other ends on the last day."""
    if row.starts_on <= last:
        end_membership(row, by=by, ends_on=last, comment=comment)
        return
    acting = programmes_rules.grants(row, by)
    trail.delete(trail.lock(row), by=by, acting=acting, action="leave", comment=comment)


def _close(person: User, last: datetime.date, by: Any, comment: str) -> None:
    """Close the account where no role is left, if this administrator looks after it."""
    if ending(person, last).exists():
        return
    try:
        accounts_rules.looks_after(person, by)
    except NotAllowed:
        return
    if last < clock.today():
        close_account(person, by=by, comment=comment)
        return
    acting = accounts_rules.capacity(person, by)
    trail.change(person, {"closes_on": last}, by=by, acting=acting, action="leave", comment=comment)
