"""What people are told about their own account."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from qdtrade.notices.models import Notice
from qdtrade.notices.words import Kind, speak

from . import links
from .actions import make_link, service_user


def is_oneself(notice: Notice, user: Any) -> bool:
    """Whether the account is the reader's own."""
    return bool(notice.object_id == user.pk)


def fresh_link(notice: Notice, user: Any) -> list[str] | None:
    """The link, made now that the mail leaves: nothing that works lies in the outbox."""
    secret = make_link(user, by=service_user("command"))
    hours = settings.SIGN_IN_LINK_HOURS
    words = ngettext("It works once, for %(hours)d hour.", "It works once, for %(hours)d hours.", hours)
    return [links.address(secret, settings.SITE_URL), words % {"hours": hours}]


def nowhere(notice: Notice) -> str:
    """The link stands in the mail alone."""
    return ""


ACCOUNT = Kind(
    group="people",
    moves={"mail_link": _("A link to sign in and to set a password was sent to your mail address")},
    path=nowhere,
    sees=is_oneself,
    lines=fresh_link,
)


def speak_of_accounts() -> None:
    """Called once, when the app is ready."""
    speak("user", ACCOUNT)
