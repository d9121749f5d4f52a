"""How the JSON fields of this app read in a history."""

import json

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade.audit.history import says

from .content import LABELS


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


@says("reportversion", "remarks")
def of_remarks(text: str) -> str:
    """The remarks beside the fields of a returned version."""
    remarks = json.loads(text)
    return _("; ").join(f"{LABELS.get(name, name)}{_(': ')}{words}" for name, words in remarks.items()) or "—"
