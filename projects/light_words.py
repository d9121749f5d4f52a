"""Why a project's light is what it is, in words; the lists' own where a list says it too."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qdtrade.lights import words
from qdtrade.lights.words import Reason

from .lagging import idle_words, late_words, short_words
from .models import Gate


def _gate_soon(reason: Reason) -> str:
    days, gate = reason["days"], Gate.Step(reason["step"]).label
    if not days:
        return _("%(gate)s is due today") % {"gate": gate}
    said = ngettext("%(gate)s is due in %(days)d day", "%(gate)s is due in %(days)d days", days)
    return said % {"gate": gate, "days": days}


def _not_filed(reason: Reason) -> str:
    days = reason["days"]
    said = ngettext(
        "the update of %(period)s is %(days)d day overdue",
        "the update of %(period)s is %(days)d days overdue",
        days,
    )
    return said % {"period": words.period_of(reason), "days": days}


SAID: dict[str, words.Say] = {
    "gate_overdue": lambda one: late_words(Gate.Step(one["step"]).label, one["days"]),
    "gate_soon": _gate_soon,
    "money_behind": lambda one: short_words(Decimal(one["missing"])),
    "stalled": lambda one: idle_words(one["days"]),
    "update_late": lambda one: _("the update of %(period)s was late") % {"period": words.period_of(one)},
    "update_missing": lambda one: _("the update of %(period)s is missing") % {"period": words.period_of(one)},
    "update_not_filed": _not_filed,
    "full": lambda one: pgettext("light", "at full output"),
    "terminated": lambda one: pgettext("light", "terminated"),
    "removed": lambda one: pgettext("light", "removed"),
}
