"""The words of this app in a history, and how its stored codes read there."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qdtrade.audit import words
from qdtrade.audit.history import says

from .actions.overrides import REPLACED

words.teach(
    verbs={
        "override": gettext_lazy("Showed another light:"),
        "end_override": gettext_lazy("Showed the computed light again:"),
    },
    kinds={
        "lightrule": gettext_lazy("rule of the lights"),
        "projectoverride": gettext_lazy("light of a project shown otherwise"),
        "taskoverride": gettext_lazy("light of a task shown otherwise"),
    },
    fields={"ended_by": gettext_lazy("ended by"), "set_by": gettext_lazy("set by")},
    unsaid={"ended_reason"},
)


def ended_words(reason: str) -> str:
    """Why an override ended: what a person typed, or that another one was set."""
    return _("another light was set in its place") if reason == REPLACED else reason


@says("taskoverride", "ended_reason")
@says("projectoverride", "ended_reason")
def of_ending(text: str) -> str:
    """Why an override ended."""
    return ended_words(text)
