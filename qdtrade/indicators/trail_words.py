"""The words of this app in a history."""

from django.utils.translation import gettext_lazy

from qdtrade.audit import words

words.teach(
    verbs={
        "upload_readings": gettext_lazy("Uploaded readings:"),
    },
    kinds={
        "indicator": gettext_lazy("indicator"),
        "indicatortarget": gettext_lazy("baseline or target of an indicator"),
        "reading": gettext_lazy("reading of an indicator"),
    },
    fields={},
    unsaid={"ended_reason", "reason", "remarks"},
)
