"""How the JSON fields of this app read in a history."""

import json

from django.utils.translation import gettext as _

from qdtrade.audit.history import says


@says("period", "rule")
def of_rule(text: str) -> str:
    """The due date that the rule gave; a period made before rules were kept has none."""
    rule = json.loads(text)
    return _("due %(day)s by the rule") % {"day": rule["due_on"]} if rule else "—"
