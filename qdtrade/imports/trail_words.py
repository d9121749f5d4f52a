"""How the JSON fields of an import read in a history."""

import json

from django.utils.translation import gettext as _

from qdtrade.audit.history import says


@says("registerimport", "counts")
def of_counts(text: str) -> str:
    """What a dry run of an import came to."""
    counts = json.loads(text)
    named = {
        "new": _("New"),
        "changed": _("Changes"),
        "unchanged": _("Unchanged"),
        "refused": _("Refused"),
    }
    if not counts:
        return "—"
    colon = _(": ")
    return _("; ").join(f"{words}{colon}{counts.get(name, 0)}" for name, words in named.items())


@says("registerimport", "choices")
def of_choices(text: str) -> str:
    """What a person chose for names of bureaus and for columns."""
    choices = json.loads(text)
    names = [*choices.get("bureaus", {}), *choices.get("columns", {})]
    if choices.get("renumbered"):
        names.append(_("numbered anew"))
    return _(", ").join(names) or "—"
