"""What people are told of projects and their gates."""

from django.utils.translation import gettext_lazy as _

from qdtrade.notices.words import Kind, page_of_row, speak

GATE = Kind(
    group="projects",
    moves={
        "propose": _("%(by)s proposed a gate, for the pilot office to confirm: %(label)s"),
        "confirm": _("%(by)s confirmed the gate %(label)s"),
        "return": _("%(by)s returned the gate %(label)s"),
        "correct": _("%(by)s corrected the gate %(label)s: it is not passed"),
    },
    path=page_of_row("gate"),
)
PROJECT = Kind(
    group="projects",
    moves={
        "terminate": _("%(by)s terminated the project %(label)s"),
        "remove": _("%(by)s removed the project %(label)s"),
        "reinstate": _("%(by)s reinstated the project %(label)s"),
    },
    path=page_of_row("project"),
)


def speak_of_projects() -> None:
    """Called once, when the app is ready."""
    speak("gate", GATE)
    speak("project", PROJECT)
