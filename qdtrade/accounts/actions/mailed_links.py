"""Sign-in links that go out by mail: asked for by an administrator, or by whoever says that the password is lost.

The outbox keeps no secret: the link itself is made when the mail leaves, and a newer one ends those before it.
"""

import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from qdtrade.audit import trail
from qdtrade.errors import WrongState
from qdtrade.notices.actions import tell
from qdtrade.notices.models import Mail

from .. import rules
from ..models import User
from .people import service_user

MOVE = "mail_link"
SPACING = datetime.timedelta(minutes=10)
"""How long after one mail another may be asked for: nobody's box is filled by somebody else."""


def mail_link(user: User, *, by: Any) -> User:
    """Let a sign-in link go to the person's mail address.

    Raises NotAllowed; WrongState for a closed account, without an address, or where no mail server is set.
    """
    by.forget()
    rules.looks_after(user, by)
    return _mail_link(user, by)


def ask_for_link(account: str) -> None:
    """Somebody lost a password: a link goes to the address that the account has.

    Says nothing of whether there is such an account, has an address, or was asked for a moment ago.
    """
    words = account.strip()
    if not words:
        raise ValidationError({"account": _("Write the name of your account.")})
    user = User.objects.filter(username=words, is_active=True, is_service=False).exclude(email="").first()
    if user is not None and settings.MAIL_ON and not _was_asked_lately(user):
        _mail_link(user, service_user("page"))


def _mail_link(user: User, by: Any) -> User:
    with trail.unit() as unit:
        fresh = trail.lock(user)
        if not fresh.is_active:
            raise WrongState(_("The account of %(person)s is closed. Open it first.") % {"person": fresh})
        if not (fresh.email and settings.MAIL_ON):
            words = _("%(person)s cannot be reached by mail. Make a link and hand it over.")
            raise WrongState(words % {"person": fresh})
        trail.record(fresh, MOVE, by=by, acting=rules.capacity(fresh, by))
        tell([fresh], about=fresh, move=MOVE, by=by, comment="", at=unit.began, is_urgent=True)
    return fresh


def _was_asked_lately(user: User) -> bool:
    mails = Mail.objects.filter(notice__to=user, notice__kind="user", notice__move=MOVE)
    return mails.filter(created_at__gt=timezone.now() - SPACING).exists()
