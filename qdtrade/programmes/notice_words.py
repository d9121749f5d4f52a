"""What people are told of roles and deputies."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qdtrade.notices.models import Notice
from qdtrade.notices.words import Kind, page_of_list, speak

from .held import programme_ids


def is_member(notice: Notice, user: Any) -> bool:
    """A deputy's role may be gone when it is told that it ended; it was the person's own matter."""
    return notice.scope in programme_ids(user)


MEMBERSHIP = Kind(
    group="people",
    moves={
        "appoint_deputy": _("%(by)s made you a deputy: %(label)s"),
        "be_deputised": _("%(by)s appointed somebody to act for you: %(label)s"),
        "end_deputy": _("%(by)s ended a deputy: %(label)s"),
    },
    path=page_of_list("deputies"),
    sees=is_member,
)


def speak_of_programmes() -> None:
    """Called once, when the app is ready."""
    speak("membership", MEMBERSHIP)
