"""What a list can be asked for, as the schema says it."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from qdtrade.errors import Words
from qdtrade.programmes.filters import Filters, NumberOf, OfBureau, OfProgramme, Ordering, YesNo

NUMBER = {"type": "integer", "minimum": 1}
YEAR = {"type": "integer", "minimum": 2000, "maximum": 2100}

SAYS: dict[str, Words] = {
    "above": _("Below a part of this bureau, by its number or code."),
    "about": _("A code, or words of a name: the histories of those tasks and projects, whole."),
    "action": _("What was done, by its code, e.g. submit."),
    "actor": _("Who did it, by the person's number."),
    "approved_from": _("Its report was approved on this day or later."),
    "better_since": _("Its light was red or yellow at the end of this day, and is better now."),
    "breakthrough": _("A breakthrough, by its number."),
    "breakthrough_state": _("By how far the task's breakthrough is; none where nothing was named."),
    "bureau": _("A bureau, by its number or code."),
    "clock": _("How its clock stands: of an extension its decision, of a part its signing or its day."),
    "counted": _("Whether it counts to the target: recognised, and not revoked."),
    "declined": _("Whether its bureau gave it back."),
    "district": _("A bureau or district that takes part, or one below it, by its number or code."),
    "done_from": _("Verified as done on this day or later."),
    "direct": _("Whether the lead bureau gave it, and no other part stands above it."),
    "door": _("How it came in."),
    "dropped": _("Whether it was taken off."),
    "due_from": _("Due on this day or later."),
    "due_to": _("Due on this day or earlier."),
    "ended": _("Whether it was ended before it was done."),
    "exception": _("Whether a late report was allowed."),
    "field": _("A field of work, by its number."),
    "filed": _("Whether a report was submitted."),
    "from": _("On this day in Beijing or later."),
    "form": _("An indicator of this form: figure, rank or words."),
    "in_force": _("Whether figures come from it."),
    "indicator": _("An indicator, by its number."),
    "kind": _("Of this kind."),
    "lead": _("The lead bureau, by its number or code."),
    "level": _("By the level at which it is recognised."),
    "moved": _("What of it stands later than its baseline."),
    "light": _("By the light that is shown; none where no light was kept yet."),
    "object": _("The object's number; give its kind too."),
    "ordering": _("One or more columns, the first one first; a minus turns one round."),
    "owed": _("Whether it has to be filed: exempt ones are not owed."),
    "overdue": _("Whether a milestone is overdue."),
    "owner": _("The bureau that owes the readings, by its number or code."),
    "own_choice": _("Whether the measure is the city's own choice."),
    "parent": _("The bureau above, by its number or code."),
    "period": _("A period, by its number."),
    "plan_from": _("Planned for this day or later."),
    "plan_to": _("Planned for this day or earlier."),
    "programme": _("A programme, by its code."),
    "proves": _("By what the file proves."),
    "q": _("The same as search."),
    "qualifier": _("How exact its value is."),
    "recognised_from": _("Recognised on this day or later."),
    "recognised_to": _("Recognised on this day or earlier."),
    "report": _("A report, by its number; of tasks and expected reports: how far it is."),
    "returned": _("Whether it was returned at least once."),
    "returned_from": _("Its report was returned on this day or later."),
    "review": _("How the clock of the review stands."),
    "rows_of": _(
        "A list with its filters, such as tasks?overdue=true: the records of the rows that it has now."
    ),
    "role": _("In which role it was done."),
    "sample": _("Whether anything about the task is invented for the demo."),
    "search": _("Every word must be found."),
    "seq_from": _("From this place in the chain on."),
    "seq_to": _("Up to this place in the chain."),
    "signed": _("Whether its bureau signed for it."),
    "state": _("How far it is today."),
    "status": _("In this state."),
    "submitted_from": _("Submitted on this day or later."),
    "submitted_to": _("Submitted on this day or earlier."),
    "task": _("A task, by its number."),
    "timeliness": _("Whether it came in time."),
    "to": _("On this day in Beijing or earlier."),
    "to_claim": _("Whether it is still to be claimed: a candidate, or returned."),
    "worse_since": _("Its light is red or yellow, and was better at the end of this day."),
    "year": _("Recognised in this year."),
}
"""What each filter asks, by its name: a name means the same in every list."""

SAYS |= {
    "behind": _("Whether a gate is past its planned day, or the money lags its plan."),
    "on": _("By the end of this day, not in the future; today without it."),
    "carrier": _("The carrier, by its number or code."),
    "code": _("A rate, by its code."),
    "countable": _("Whether it counts in the figures."),
    "counter": _("Whether it is a counter-entry."),
    "country": _("The country or region as it is written."),
    "currency": _("A currency, by its code."),
    "ended": _("Whether it was terminated or removed."),
    "event": _("A signing event, by its number."),
    "every_version": _("Whether older and later versions are listed, too."),
    "fact_from": _("Happened on this day or later."),
    "fact_to": _("Happened on this day or earlier."),
    "foot": _("Whether it stands at the foot of lists."),
    "money": _("Of which there is a sum of this kind, in the time of money_from and money_to."),
    "money_from": _("With a sum on this day or later."),
    "money_to": _("With a sum on this day or earlier."),
    "no_change": _("Whether nothing changed."),
    "no_event": _("Whether it was signed at no event."),
    "on_from": _("On this day or later."),
    "on_to": _("On this day or earlier."),
    "partner": _("A partner, by its number."),
    "passed": _("Whose gate of this name is confirmed, its fact in the time of passed_from and passed_to."),
    "passed_from": _("With a confirmed gate whose fact is of this day or later."),
    "passed_to": _("With a confirmed gate whose fact is of this day or earlier."),
    "project": _("A project, by its number."),
    "sector": _("A sector, by its number."),
    "signed_from": _("Signed on this day or later."),
    "signed_to": _("Signed on this day or earlier."),
    "stalled": _("Whether nothing was confirmed for as many days as the programme says."),
    "step": _("A gate, by its name."),
    "waiting": _("Whether a gate waits for the pilot office."),
}
"""Those of the signings."""


def parameters_of(filters: type[Filters]) -> list[dict[str, Any]]:
    """One parameter for each filter of a list."""
    return [_parameter(name, one) for name, one in filters.base_filters.items()]


def _parameter(name: str, one: django_filters.Filter) -> dict[str, Any]:
    found: dict[str, Any] = {"in": "query", "name": name, "schema": _schema(one)}
    if isinstance(one, Ordering):
        found |= {"style": "form", "explode": False}
    if name in SAYS:
        found["description"] = SAYS[name]
    return found


def _schema(one: django_filters.Filter) -> dict[str, Any]:
    if isinstance(one, Ordering):
        names = [sign + column for column in one.param_map for sign in ("", "-")]
        return {"type": "array", "items": {"type": "string", "enum": names}, "uniqueItems": True}
    if isinstance(one, YesNo):
        return {"type": "boolean"}
    if isinstance(one, OfBureau | OfProgramme):
        return {"type": "string", "minLength": 1}
    if isinstance(one, NumberOf | django_filters.ModelChoiceFilter):
        return NUMBER
    if isinstance(one, django_filters.TypedChoiceFilter):
        return YEAR
    if isinstance(one, django_filters.ChoiceFilter):
        return {"type": "string", "enum": [str(value) for value, _label in one.extra["choices"]]}
    if isinstance(one, django_filters.DateFilter):
        return {"type": "string", "format": "date"}
    return {"type": "string", "maxLength": one.extra["max_length"]}
