"""What people are told of readings."""

from django.utils.translation import gettext_lazy as _

from qdtrade.notices.words import Kind, page_of_row, speak

READING = Kind(
    group="reports",
    moves={
        "submit": _("%(by)s submitted a reading, for the pilot office to approve: %(label)s"),
        "approve": _("%(by)s approved the reading %(label)s"),
        "return": _("%(by)s returned the reading %(label)s"),
        "reopen": _("%(by)s asks for a correction of the reading %(label)s"),
    },
    path=page_of_row("reading"),
)


def speak_of_readings() -> None:
    """Called once, when the app is ready."""
    speak("reading", READING)
