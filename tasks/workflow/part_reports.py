"""How a word on a part is filed, and revised as long as the form is open; nobody reviews it."""

from collections.abc import Iterable, Iterator

from django.utils.translation import pgettext_lazy

from qdtrade.accounts.models import User
from qdtrade.audit.canonical import keepable
from qdtrade.workflow import Act, Locked, Move, Share, Written

from .. import rules
from ..models import ExpectedPart, Part, PartFile
from ..told import givers_of
from . import owed
from .acts import absent_of, day_of
from .parts import closed

NOT_FILED, FILED = ExpectedPart.Status


def _file(row: ExpectedPart, act: Act) -> Iterator[Written]:
    """Keeps what was said, with its evidence; the first time sets the clock that timeliness is read from. What says
    that the part is done finishes it.
    """
    text = keepable(str(act.data["text"]))
    is_done = bool(act.data.get("says_done"))
    files = [
        PartFile(expected=row, blob=blob, name=name, media_type=kind, added_at=act.at, added_by=act.by)
        for blob, name, kind in act.data.get("files") or []
    ]
    if files:
        yield [*files]
    for file in row.files.filter(dropped_at=None, pk__in=act.data.get("drop") or []).order_by("pk"):
        file.expected = row
        yield file, {"dropped_at": act.at}
    fields = {"text": text, "says_done": is_done or row.part.status == Part.Status.DONE}
    if row.first_submitted_at is None:
        fields |= {"first_submitted_at": act.at, "first_submitted_on": day_of(act)}
    yield row, fields | {"filed_at": act.at, "filed_by": act.by, "filed_for": absent_of(act)}
    if is_done and row.part.status == Part.Status.ACCEPTED:
        yield from owed.release_part(row.part, act, but=row)
        yield row.part, closed(act, text) | {"status": Part.Status.DONE}


def _rows(row: ExpectedPart) -> list[Locked]:
    others = [one for one in owed.rows_of_part(row.part) if one.pk != row.pk]
    return [*others, row.part, row.task, Share(row.period)]


def _givers(row: ExpectedPart, act: Act) -> Iterable[User]:
    """Those who wait for the part, once it is done."""
    is_news = bool(act.data.get("says_done")) and row.part.status == Part.Status.ACCEPTED
    return givers_of(row.part) if is_news else []


FILE = Move(
    name="file",
    label=pgettext_lazy("part", "File"),
    sources=(NOT_FILED, FILED),
    target=FILED,
    who=rules.files_part,
    guard=rules.may_be_filed,
    effect=_file,
    locks=_rows,
    tells=_givers,
)
PART_REPORT_MOVES = {move.name: move for move in (FILE,)}
