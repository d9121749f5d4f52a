"""How an update is filed, and revised as long as the form is open; nobody reviews it."""

from collections.abc import Iterator

from django.utils.translation import pgettext_lazy

from qdtrade.audit.canonical import keepable
from qdtrade.programmes.acts import day_of, done
from qdtrade.workflow import Act, Locked, Move, Share, Written

from .. import rules
from ..models import ExpectedUpdate, Gate

NOT_FILED, FILED = ExpectedUpdate.Status


def _file(row: ExpectedUpdate, act: Act) -> Iterator[Written]:
    """Keeps what was said; the first time sets the clock that timeliness is read from. The day on which the next gate
    is expected becomes its forecast; the plan stays.
    """
    next_on = act.data.get("next_on")
    fields = {
        "text": keepable(str(act.data.get("text") or "")),
        "no_change": bool(act.data.get("no_change")),
        "next_on": next_on,
    }
    if row.first_submitted_at is None:
        fields |= {"first_submitted_at": act.at, "first_submitted_on": day_of(act)}
    yield row, fields | done("filed", act)
    gate = _next_gate(row)
    if gate is not None and next_on is not None:
        gate.project = row.project
        yield gate, {"forecast_on": next_on}


def _next_gate(row: ExpectedUpdate) -> Gate | None:
    return row.project.gates.exclude(status=Gate.Status.CONFIRMED).order_by("number").first()


def _rows(row: ExpectedUpdate) -> list[Locked]:
    gate = _next_gate(row)
    return [row.project, Share(row.period), *([gate] if gate is not None else [])]


FILE = Move(
    name="file",
    label=pgettext_lazy("update", "File"),
    sources=(NOT_FILED, FILED),
    target=FILED,
    who=rules.files_update,
    guard=rules.may_be_filed,
    effect=_file,
    locks=_rows,
)
UPDATE_MOVES = {move.name: move for move in (FILE,)}
