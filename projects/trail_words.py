"""The words of this app in a history, and how its stored codes read there."""

import json

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qdtrade.audit import words
from qdtrade.audit.history import says
from qdtrade.programmes.models.expected import released_words
from qdtrade.templatetags.words import listed

from .models.rate import Exclusion

words.teach(
    verbs={
        "confirm": gettext_lazy("Confirmed"),
        "correct": gettext_lazy("Corrected"),
        "enter": gettext_lazy("Entered"),
        "file": gettext_lazy("Filed"),
        "propose": gettext_lazy("Proposed"),
        "reinstate": gettext_lazy("Reinstated"),
        "remove": gettext_lazy("Removed"),
        "terminate": gettext_lazy("Terminated"),
        "upload_projects": gettext_lazy("Uploaded projects:"),
    },
    kinds={
        "expectedupdate": gettext_lazy("update of a project"),
        "gate": gettext_lazy("gate"),
        "gatefile": gettext_lazy("evidence"),
        "moneyevent": gettext_lazy("sum"),
        "partner": gettext_lazy("partner"),
        "project": gettext_lazy("signed project"),
        "projectpartner": gettext_lazy("partner of a project"),
        "projecttask": gettext_lazy("task that a project serves"),
        "rate": gettext_lazy("rate of the signings"),
        "sector": gettext_lazy("sector"),
        "signingevent": gettext_lazy("signing event"),
    },
    fields={
        "added_for": gettext_lazy("added for"),
        "ended_by": gettext_lazy("ended by"),
        "ended_for": gettext_lazy("ended for"),
        "filed_by": gettext_lazy("filed by"),
        "filed_for": gettext_lazy("filed for"),
        "proposed_by": gettext_lazy("proposed by"),
        "proposed_for": gettext_lazy("proposed for"),
    },
    unsaid={
        "added_for", "ended_for", "ended_reason", "filed_for", "next_on", "note", "proposed_for", "proposed_from",
        "remarks", "text", "words",
    },
)  # fmt: skip


@says("expectedupdate", "exempt_reason")
def of_exemption(text: str) -> str:
    """Why a row is exempt: what a person typed, or what a move said by itself."""
    return released_words(text)


@says("rate", "exclusions")
def of_exclusions(text: str) -> str:
    """What a rate leaves out, in words."""
    return listed(Exclusion(one).label for one in json.loads(text)) or "—"


@says("project", "extra")
def of_other_columns(text: str) -> str:
    """Heading and text of the register's other columns."""
    colon = _(": ")
    return _("; ").join(f"{heading}{colon}{value}" for heading, value in json.loads(text)) or "—"
