"""The words of this app in a history, and how its stored codes read there."""

import json

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qdtrade.audit import words
from qdtrade.audit.history import says
from qdtrade.templatetags.words import listed

from . import contents

words.teach(
    verbs={
        "submit_claim": gettext_lazy("Claimed a breakthrough:"),
        "take_off": gettext_lazy("Taken off the list of candidates:"),
        "edit_case": gettext_lazy("Changed the case"),
        "flag": gettext_lazy("Named as a candidate"),
        "not_recognise": gettext_lazy("Did not recognise"),
        "promote": gettext_lazy("Passed on as a case"),
        "recognise": gettext_lazy("Recognised"),
        "revoke": gettext_lazy("Revoked"),
        "set_target": gettext_lazy("Set the target of"),
    },
    kinds={
        "breakthrough": gettext_lazy("breakthrough"),
        "breakthroughtarget": gettext_lazy("target of breakthroughs"),
        "claim": gettext_lazy("claim"),
        "claimfile": gettext_lazy("proof"),
        "practicecase": gettext_lazy("practice case"),
    },
    fields={
        "claimed_by": gettext_lazy("claimed by"),
        "claimed_for": gettext_lazy("claimed for"),
        "current": gettext_lazy("claim at hand"),
        "flagged_by": gettext_lazy("flagged by"),
        "flagged_for": gettext_lazy("flagged for"),
        "revoked_by": gettext_lazy("revoked by"),
        "revoked_for": gettext_lazy("revoked for"),
    },
    unsaid={
        "background", "claimed_for", "content", "current", "effect", "flagged_for", "hands", "practice", "reason",
        "remarks", "replicable", "revoked_for", "written_at",
    },
)  # fmt: skip


@says("breakthroughtarget", "points")
def of_points(text: str) -> str:
    """Month by month."""
    return " / ".join(map(str, json.loads(text)))


@says("claim", "remarks")
def of_remarks(text: str) -> str:
    """Beside which part something was said, and what."""
    colon = _(": ")
    said = json.loads(text)
    return listed(f"{contents.LABELS[name]}{colon}{words}" for name, words in said.items()) or "—"
