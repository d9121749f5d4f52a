"""What people are told of breakthroughs."""

from django.utils.translation import gettext_lazy as _

from qdtrade.notices.words import Kind, page_of_row, speak

BREAKTHROUGH = Kind(
    group="tasks",
    moves={
        "flag": _("%(by)s named a candidate for a breakthrough: %(label)s"),
        "submit_claim": _("%(by)s claimed a breakthrough, for the pilot office to decide: %(label)s"),
        "return": _("%(by)s returned a claim to be completed: %(label)s"),
        "recognise": _("%(by)s recognised the breakthrough %(label)s"),
        "not_recognise": _("%(by)s did not recognise the breakthrough %(label)s"),
        "revoke": _("%(by)s revoked the breakthrough %(label)s: it counts no more"),
        "promote": _("%(by)s passed on as a practice case: %(label)s"),
        "take_off": _("%(by)s took a candidate off the list: %(label)s"),
    },
    path=page_of_row("breakthrough"),
)


def speak_of_breakthroughs() -> None:
    """Called once, when the app is ready."""
    speak("breakthrough", BREAKTHROUGH)
