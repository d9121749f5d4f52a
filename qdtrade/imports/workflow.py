"""How an import moves: a file is read, shown, applied or given up, and perhaps taken back.

What belongs to a move and is no field of the import itself, the rows that are written and removed, is done by
`imports.actions.uploads` in the same unit.
"""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from qdtrade.workflow import Act, Move, Written

from . import rules
from .models import Import

Status = Import.Status


def _keep_counts(row: Import, act: Act) -> Iterator[Written]:
    """Keeps what the file would do; a file that cannot be read says why."""
    if "counts" in act.data:
        yield row, {"counts": act.data["counts"]}
    else:
        yield row, {"status": Status.UNREADABLE}


def _keep_choices(row: Import, act: Act) -> Iterator[Written]:
    """Reads the file again with what the person chose for names and columns."""
    yield row, {"choices": act.data["choices"]}


def _applied(row: Import, act: Act) -> Iterator[Written]:
    """Writes every row of the file, in the same unit."""
    yield row, {"applied_at": act.at}


def _taken_back(row: Import, act: Act) -> Iterator[Written]:
    """Sets every changed field back and removes what was new, in the same unit."""
    yield row, {"taken_back_at": act.at, "taken_back_by": act.by}


READ = Move(
    name="read",
    label=_("Read"),
    sources=(Status.WAITING,),
    target=Status.READ,
    other_targets=(Status.UNREADABLE,),
    who=rules.works,
    effect=_keep_counts,
)
READ_AGAIN = Move(
    name="read_again",
    label=_("Check again"),
    sources=(Status.READ, Status.FAILED),
    target=Status.WAITING,
    who=rules.uploaded,
    effect=_keep_choices,
)
APPLY = Move(
    name="apply",
    label=_("Apply all"),
    sources=(Status.READ,),
    target=Status.APPLYING,
    who=rules.uploaded,
    guard=rules.is_clean,
)
WRITE = Move(
    name="write",
    label=_("Write"),
    sources=(Status.APPLYING,),
    target=Status.APPLIED,
    who=rules.uploaded,
    effect=_applied,
)
SHOW_ANEW = Move(
    name="show_anew",
    label=_("Show again"),
    sources=(Status.APPLYING,),
    target=Status.READ,
    other_targets=(Status.UNREADABLE,),
    who=rules.works,
    effect=_keep_counts,
)
FAIL = Move(
    name="fail",
    label=_("Stop"),
    sources=(Status.WAITING, Status.APPLYING),
    target=Status.FAILED,
    who=rules.works,
)
DROP = Move(
    name="drop",
    label=_("Give up"),
    sources=(Status.WAITING, Status.READ, Status.UNREADABLE, Status.FAILED),
    target=Status.DROPPED,
    who=rules.runs,
    guard=rules.is_given_up_by,
)
TAKE_BACK = Move(
    name="take_back",
    label=_("Take back"),
    sources=(Status.APPLIED,),
    target=Status.TAKEN_BACK,
    who=rules.runs,
    guard=rules.nothing_built_on,
    effect=_taken_back,
    needs_comment=True,
)

IMPORT_MOVES = {move.name: move for move in (READ_AGAIN, APPLY, DROP, TAKE_BACK)}
"""What people do."""
IMPORT_STEPS = {move.name: move for move in (READ, WRITE, SHOW_ANEW, FAIL)}
"""What the worker does."""
