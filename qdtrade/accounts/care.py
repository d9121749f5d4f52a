"""What administrators may do for a person's account, with the reason where they may not now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qdtrade import clock
from qdtrade.errors import NotAllowed, Words
from qdtrade.web import Offer

from . import rules
from .models import User


@dataclass(frozen=True)
class Act:
    """An act on an account: what it is called, who may, and in which state it is offered."""

    label: Words
    does: Words
    rule: Callable[[User, Any], None]
    fits: Callable[["Row"], bool]
    needs_comment: bool = False


@dataclass(frozen=True)
class Row:
    """A person as an administrator sees them."""

    person: User
    locked_until: datetime | None

    @property
    def state(self) -> str:
        """How the account is, by the code that `{% state %}` knows."""
        if not self.person.is_active:
            return "account_closed"
        if self.locked_until is not None:
            return "account_locked"
        return "account_first" if self.person.must_change_password else "account_open"

    @property
    def roles(self) -> list[Any]:
        """The memberships of today and those to come."""
        today = clock.today()
        rows = self.person.memberships.all()
        return [row for row in rows if row.ends_on is None or row.ends_on >= today]


ACTS: dict[str, Act] = {
    "unlock": Act(
        _("Unlock"),
        _("The person may try again at once."),
        rules.unlocks,
        lambda row: row.locked_until is not None,
    ),
    "link": Act(
        _("Make a sign-in link"),
        _(
            "For a new person or a lost password: by it the person sets a password of their own. You hand it over."
        ),
        rules.looks_after,
        lambda row: row.person.is_active,
    ),
    "mail_link": Act(
        _("Mail a sign-in link"),
        _("The same, sent to the mail address of the person; it is made when the mail leaves."),
        rules.looks_after,
        lambda row: row.person.is_active and bool(row.person.email) and settings.MAIL_ON,
    ),
    "sign_out": Act(
        _("Sign out everywhere"),
        _("For a lost device: every session of the person ends. Text that was saved as a draft stays."),
        rules.looks_after,
        lambda row: row.person.is_active,
    ),
    "close": Act(
        _("Close the account"),
        _(
            "For somebody who left: nobody signs in to it any more, sessions, links and tokens end. Records stay."
        ),
        rules.looks_after,
        lambda row: row.person.is_active,
        needs_comment=True,
    ),
    "open": Act(
        _("Open the account again"),
        _("The person may sign in again; roles that have not ended hold again."),
        rules.looks_after,
        lambda row: not row.person.is_active,
    ),
}
"""In the order in which a page shows them."""


def offers(row: Row, user: Any, names: tuple[str, ...] = tuple(ACTS)) -> list[Offer]:
    """The acts that fit the account's state, open or refused with the reason."""
    return [_offer(name, row.person, user) for name in names if ACTS[name].fits(row)]


def _offer(name: str, person: User, user: Any) -> Offer:
    act, reason = ACTS[name], ""
    try:
        act.rule(person, user)
    except NotAllowed as refusal:
        reason = str(refusal)
    url = reverse("person_act", args=[person.pk, name])
    return Offer(name, act.label, not reason, reason, act.needs_comment, url)
