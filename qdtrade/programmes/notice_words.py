"""What people are told of roles and deputies."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qdtrade.notices.models import Notice
from qdtrade.notices.words import Kind, speak

from .held import programme_ids


def is_member(notice: Notice, user: Any) -> bool:
    """A deputy's role may be gone when it is told that it ended; it was the person's own matter."""
    return notice.scope in programme_ids(user)


def _place(notice: Notice) -> str:
    """The list of deputies, or one's own work for what was handed over."""
    return reverse("my_work" if notice.move == "take_over" else "deputies")


MEMBERSHIP = Kind(
    group="people",
    moves={
        "appoint_deputy": _("%(by)s made you a deputy: %(label)s"),
        "be_deputised": _("%(by)s appointed somebody to act for you: %(label)s"),
        "end_deputy": _("%(by)s ended a deputy: %(label)s"),
        "take_over": _("%(by)s handed over to you what waits for: %(label)s"),
    },
    path=_place,
    sees=is_member,
)


def speak_of_programmes() -> None:
    """Called once, when the app is ready."""
    speak("membership", MEMBERSHIP)
