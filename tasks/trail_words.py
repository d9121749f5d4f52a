"""How the JSON fields of this app read in a history."""

import json

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade.audit.history import LISTED, says
from qdtrade.programmes.models.expected import released_words

from .content import LABELS
from .models.part import closed_words

LISTED["reportversion", "hands"] = LISTED["signoff", "hands"] = "user"


@says("reportversion", "content")
def of_content(text: str) -> str:
    """What a submitted version claims, in a few words; its text is one click away."""
    content = json.loads(text)
    words = [_("progress %(progress)s %%") % {"progress": content.get("progress", "")}]
    claims, files = len(content.get("milestones", {})), len(content.get("files", []))
    if claims:
        words.append(
            ngettext("%(count)d milestone claimed", "%(count)d milestones claimed", claims)
            % {"count": claims}
        )
    if files:
        words.append(
            ngettext("%(count)d file of evidence", "%(count)d files of evidence", files) % {"count": files}
        )
    if content.get("no_change"):
        words.append(_("no change"))
    return _(", ").join(words)


@says("expectedpart", "exempt_reason")
@says("expectedreport", "exempt_reason")
def of_exemption(text: str) -> str:
    """Why a row is exempt: what a person typed, or what a move said by itself."""
    return released_words(text)


@says("part", "closed_reason")
def of_closing(text: str) -> str:
    """What was said when a part was sent back, finished or ended."""
    return closed_words(text)


@says("reportversion", "filed_from")
def of_source(text: str) -> str:
    """Where the office has it from that filed for a bureau."""
    return text


@says("reportversion", "remarks")
def of_remarks(text: str) -> str:
    """The remarks beside the fields of a returned version."""
    remarks = json.loads(text)
    colon = _(": ")
    return _("; ").join(f"{LABELS.get(name, name)}{colon}{words}" for name, words in remarks.items()) or "—"


@says("signoff", "remarks")
def of_heads_remarks(text: str) -> str:
    """The remarks beside the fields of a text that the head sent back."""
    return of_remarks(text)


@says("period", "figures")
def of_figures(text: str) -> str:
    """The figures that a freezing kept, of the tasks' reports; the period's page has all of them."""
    kept = json.loads(text).get("tasks", {})
    named = {
        "expected": _("Expected"),
        "exempt": _("Exempt"),
        "on_time": _("On time"),
        "late": _("Late"),
        "missing": _("Missing"),
        "approved": _("Approved"),
    }
    colon = _(": ")
    return _("; ").join(f"{words}{colon}{kept[name]}" for name, words in named.items() if name in kept)
