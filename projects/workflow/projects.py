"""How projects end, and go on after all; between its ends a project moves by its gates."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade.accounts.models import User
from qdtrade.programmes.acts import done, undone
from qdtrade.programmes.models import Released
from qdtrade.workflow import Act, Locked, Move, Written

from .. import rules
from ..models import Project
from ..told import carriers_of
from . import owed

Status = Project.Status


def _terminate(project: Project, act: Act) -> Iterator[Written]:
    """It stays in its cohort and in every denominator; an update that is neither filed nor past due is owed no more."""
    yield from _ended(project, act, Released.PROJECT_TERMINATED)


def _remove(project: Project, act: Act) -> Iterator[Written]:
    """It leaves the register's work, not its cohort; an update that is neither filed nor past due is owed no more."""
    yield from _ended(project, act, Released.PROJECT_REMOVED)


def _ended(project: Project, act: Act, why: Released) -> Iterator[Written]:
    yield from owed.release(project, act, why)
    yield project, done("ended", act) | {"ended_on": rules.day_of_end(act), "ended_reason": act.comment}


def _reinstate(project: Project, act: Act) -> Iterator[Written]:
    """It stands again at the last gate that was confirmed, and is updated from the next period that opens."""
    passed = [gate.step for gate in project.gates.all() if gate.is_confirmed]
    state = passed[-1] if passed else Status.SIGNED
    yield project, undone("ended") | {"ended_on": None, "ended_reason": "", "status": state}


def _owed(project: Project) -> list[Locked]:
    return [*owed.rows(project)]


def _carriers(project: Project, act: Act) -> Iterable[User]:
    return carriers_of(project)


TERMINATE = Move(
    name="terminate",
    label=pgettext_lazy("project", "Terminate"),
    sources=Project.ALIVE,
    target=Status.TERMINATED,
    who=rules.manages,
    rule=rules.is_independent_of_carrier,
    guard=rules.may_end,
    effect=_terminate,
    locks=_owed,
    tells=_carriers,
    needs_comment=True,
)
REMOVE = Move(
    name="remove",
    label=pgettext_lazy("project", "Remove"),
    sources=Project.ALIVE,
    target=Status.REMOVED,
    who=rules.manages,
    rule=rules.is_independent_of_carrier,
    guard=rules.may_end,
    effect=_remove,
    locks=_owed,
    tells=_carriers,
    needs_comment=True,
)
REINSTATE = Move(
    name="reinstate",
    label=_("Reinstate"),
    sources=Project.ENDED,
    target=Status.SIGNED,
    other_targets=Project.GATES,
    who=rules.manages,
    rule=rules.is_independent_of_carrier,
    effect=_reinstate,
    tells=_carriers,
    needs_comment=True,
)

PROJECT_MOVES = {move.name: move for move in (TERMINATE, REMOVE, REINSTATE)}
