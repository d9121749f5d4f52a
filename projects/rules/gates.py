"""When a gate is proposed, confirmed, returned or corrected, and what a proposal must hold."""

import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.audit.canonical import keepable
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.programmes.held import people_behind
from qdtrade.programmes.models import Role
from qdtrade.templatetags import days
from qdtrade.workflow import Act

from ..models import Gate, Project
from .carrying import proposes

LONGEST_WORDS = 2000
LONGEST_SOURCE = 200


def goes_on(project: Project) -> None:
    """Raises WrongState for a project that was terminated or removed."""
    if not project.is_alive:
        words = _("%(project)s is %(state)s; reinstate it first.")
        raise WrongState(words % {"project": project, "state": project.get_status_display()})


def may_be_proposed(gate: Gate, act: Act) -> None:
    """Of a project that goes on, when the gate before it is confirmed: none is skipped. With its day, what happened
    and at least one file of proof; the day is neither in the future nor before the signing or the gate before it.
    """
    goes_on(gate.project)
    before = previous(gate)
    if before is not None and not before.is_confirmed:
        words = _("“%(gate)s” comes first: it is not confirmed yet, and no gate is skipped.")
        raise WrongState(words % {"gate": before.get_step_display()})
    if not act.asking:
        _check_proposal(gate, before, act)


def previous(gate: Gate) -> Gate | None:
    """The gate before this one, as it is now."""
    return _known(gate, gate.number - 1) if gate.number > 1 else None


def following(gate: Gate) -> Gate | None:
    """The gate after this one, as it is now; None after the last."""
    return _known(gate, gate.number + 1)


def _known(gate: Gate, number: int) -> Gate | None:
    """Out of the project's gates, that a list read once for all of them."""
    return next((one for one in gate.project.gates.all() if one.number == number), None)


def _check_proposal(gate: Gate, before: Gate | None, act: Act) -> None:
    """Raises one ValidationError that names everything that is missing or wrong."""
    faults: dict[str, Any] = {}
    fault = _fault_of_day(gate, before, act.data.get("fact_on"))
    if fault:
        faults["fact_on"] = fault
    words = keepable(str(act.data.get("words") or ""))
    if not words:
        faults["words"] = _("Say what happened, in a sentence or two.")
    elif len(words) > LONGEST_WORDS:
        faults["words"] = _("At most %(most)d characters.") % {"most": LONGEST_WORDS}
    files = _files_after(gate, act)
    if not files:
        faults["files"] = _("Add the proof: %(proof)s.") % {"proof": proof_of(gate)}
    elif files > settings.MAX_REPORT_FILES:
        faults["files"] = _("At most %(most)d files stay here.") % {"most": settings.MAX_REPORT_FILES}
    faults |= _faults_of_source(act)
    if faults:
        raise ValidationError(faults)


def _fault_of_day(gate: Gate, before: Gate | None, fact_on: datetime.date | None) -> str:
    if fact_on is None:
        return _("Give the day on which it happened.")
    if fact_on > clock.today():
        return _("The day must not be in the future.")
    signed_on = gate.project.signed_on
    if fact_on < signed_on:
        return _("Not before the signing, %(day)s.") % {"day": days.iso(signed_on)}
    if before is not None and before.fact_on is not None and fact_on < before.fact_on:
        words = _("Not before “%(gate)s”, %(day)s.")
        return words % {"gate": before.get_step_display(), "day": days.iso(before.fact_on)}
    return ""


def _files_after(gate: Gate, act: Act) -> int:
    """How many files prove it once this is proposed."""
    kept = gate.files.filter(dropped_at=None).exclude(pk__in=act.data.get("drop") or []).count()
    return kept + len(act.data.get("files") or [])


def _faults_of_source(act: Act) -> dict[str, Any]:
    """What the office proposes for a bureau without an account names where it has it from."""
    if act.acting.role != Role.MANAGER:
        return {}
    source = source_of(act)
    if not source:
        return {"source": _("Source: say who at the bureau told it, by which letter or call, and when.")}
    if len(source) > LONGEST_SOURCE:
        return {"source": _("At most %(most)d characters.") % {"most": LONGEST_SOURCE}}
    return {}


def source_of(act: Act) -> str:
    """Where the office has it from; empty for what a bureau says itself."""
    if act.acting.role != Role.MANAGER:
        return ""
    return " ".join(keepable(str(act.data.get("source") or "")).split())


def is_proposer(gate: Gate, user: Any) -> None:
    """The one who proposed it, or their deputy."""
    if not {gate.proposed_by_id, gate.proposed_for_id} & people_behind(proposes(gate, user)):
        words = _("%(person)s proposed this; only they can withdraw it.")
        raise NotAllowed(words % {"person": gate.proposer})


def may_be_confirmed(gate: Gate, act: Act) -> None:
    """Of a project that goes on, while the gate before it is confirmed."""
    goes_on(gate.project)
    before = previous(gate)
    if before is not None and not before.is_confirmed:
        words = _("“%(gate)s” was corrected meanwhile and is not confirmed; decide that first.")
        raise WrongState(words % {"gate": before.get_step_display()})


def may_be_corrected(gate: Gate, act: Act) -> None:
    """The last one that was confirmed, of a project that goes on, while nothing is proposed after it."""
    goes_on(gate.project)
    after = following(gate)
    if after is not None and after.status in {Gate.Status.PROPOSED, Gate.Status.CONFIRMED}:
        words = _("“%(gate)s” comes after it and is %(state)s. Correct or return that first.")
        raise WrongState(words % {"gate": after.get_step_display(), "state": after.get_status_display()})


PROOFS = {
    Gate.Step.FRAMEWORK: lambda: _("the framework agreement as it was signed"),
    Gate.Step.CONTRACT: lambda: _("the signed contract"),
    Gate.Step.REGISTERED: lambda: _("the business licence"),
    Gate.Step.STARTED: lambda: _("what shows permanent works; survey, demolition and levelling do not count"),
    Gate.Step.PRODUCING: lambda: _("the first invoice or the acceptance"),
    Gate.Step.FULL: lambda: _("the figures that show full output"),
}
"""What proves each gate (DOMAIN, investment project)."""


def proof_of(gate: Gate) -> str:
    """What proves this gate, in words."""
    return str(PROOFS[Gate.Step(gate.step)]())
