"""How gates move: proposed → confirmed or returned; withdrawn, and back only by a correction."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade.accounts.models import User
from qdtrade.audit.canonical import keepable
from qdtrade.programmes.acts import day_of, done, undone
from qdtrade.programmes.calendar import Calendar
from qdtrade.workflow import Act, Locked, Move, Written

from .. import rules
from ..models import Gate, GateFile, Project
from ..told import proposers_of, reviewers_of

PLANNED, PROPOSED, CONFIRMED, RETURNED = Gate.Status


def _propose(gate: Gate, act: Act) -> Iterator[Written]:
    """Keeps the day, what happened and the proof, and sets the day to decide it by."""
    files = [
        GateFile(
            gate=gate,
            blob=one.blob,
            name=one.name,
            media_type=one.media_type,
            added_at=act.at,
            added_by=act.by,
        )
        for one in act.data.get("files") or []
    ]
    if files:
        yield [*files]
    for file in gate.files.filter(dropped_at=None, pk__in=act.data.get("drop") or []).order_by("pk"):
        file.gate = gate
        yield file, {"dropped_at": act.at}
    said = {"fact_on": act.data["fact_on"], "words": keepable(str(act.data["words"]))}
    due_on = Calendar().after(day_of(act), gate.project.programme.review_days)
    yield (
        gate,
        said | done("proposed", act) | {"proposed_from": rules.source_of(act), "review_due_on": due_on},
    )


def _withdraw(gate: Gate, act: Act) -> Iterator[Written]:
    """As if it had not been proposed; one that came back before stays returned. What was written is kept."""
    state = RETURNED if gate.decided_at is not None else PLANNED
    yield gate, undone("proposed") | {"status": state, "proposed_from": "", "review_due_on": None}


def _confirm(gate: Gate, act: Act) -> Iterator[Written]:
    """The project has passed it: its state follows."""
    yield gate, done("decided", act) | {"remarks": act.comment, "review_due_on": None}
    yield gate.project, {"status": gate.step}


def _return(gate: Gate, act: Act) -> Iterator[Written]:
    """Keeps the remarks beside it; the carrier proposes it again."""
    yield gate, done("decided", act) | {"remarks": act.comment, "review_due_on": None}


def _correct(gate: Gate, act: Act) -> Iterator[Written]:
    """The gate is not passed after all: the project stands where it stood before, and the carrier proposes it anew."""
    before = rules.previous(gate)
    yield gate, done("decided", act) | {"remarks": act.comment}
    yield gate.project, {"status": before.step if before is not None else Project.Status.SIGNED}


def _rows(gate: Gate) -> list[Locked]:
    return [gate.project]


def _reviewers(gate: Gate, act: Act) -> Iterable[User]:
    return reviewers_of(gate.project)


def _proposers(gate: Gate, act: Act) -> Iterable[User]:
    return proposers_of(gate)


PROPOSE = Move(
    name="propose",
    label=pgettext_lazy("gate", "Propose"),
    sources=(PLANNED, RETURNED),
    target=PROPOSED,
    who=rules.proposes,
    guard=rules.may_be_proposed,
    effect=_propose,
    locks=_rows,
    tells=_reviewers,
)
WITHDRAW = Move(
    name="withdraw",
    label=_("Withdraw"),
    sources=(PROPOSED,),
    target=PLANNED,
    other_targets=(RETURNED,),
    who=rules.proposes,
    rule=rules.is_proposer,
    effect=_withdraw,
    locks=_rows,
)
CONFIRM = Move(
    name="confirm",
    label=pgettext_lazy("gate", "Confirm"),
    sources=(PROPOSED,),
    target=CONFIRMED,
    who=rules.decides,
    rule=rules.is_independent,
    guard=rules.may_be_confirmed,
    effect=_confirm,
    locks=_rows,
    tells=_proposers,
)
RETURN = Move(
    name="return",
    label=_("Return"),
    sources=(PROPOSED,),
    target=RETURNED,
    who=rules.decides,
    rule=rules.is_independent,
    effect=_return,
    locks=_rows,
    tells=_proposers,
    needs_comment=True,
)
CORRECT = Move(
    name="correct",
    label=pgettext_lazy("gate", "Correct"),
    sources=(CONFIRMED,),
    target=RETURNED,
    who=rules.decides,
    rule=rules.is_independent,
    guard=rules.may_be_corrected,
    effect=_correct,
    locks=_rows,
    tells=_proposers,
    needs_comment=True,
)

GATE_MOVES = {move.name: move for move in (PROPOSE, WITHDRAW, CONFIRM, RETURN, CORRECT)}
