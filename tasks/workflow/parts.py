"""How parts move: given → accepted → done; sent back, given again, ended, reopened."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade.accounts.models import User
from qdtrade.programmes.models import Released
from qdtrade.workflow import Act, Locked, Move, Written

from .. import rules
from ..models import Part
from ..models.part import UNCLOSED
from ..told import givers_of, people_of
from . import owed
from .acts import absent_of

GIVEN, ACCEPTED, SENT_BACK, DONE, ENDED = Part.Status


def closed(act: Act, reason: str) -> dict[str, Any]:
    """What closing writes: who, when, and what was said."""
    return {
        "closed_at": act.at,
        "closed_by": act.by,
        "closed_for": absent_of(act),
        "closed_reason": reason,
    }


def _accept(part: Part, act: Act) -> Iterator[Written]:
    """Keeps who signed for it; it is filed from the next period that opens."""
    yield part, {"accepted_at": act.at, "accepted_by": act.by, "accepted_for": absent_of(act)}


def _send_back(part: Part, act: Act) -> Iterator[Written]:
    """Keeps why; whoever gave it gives it again, or ends it."""
    yield part, closed(act, act.comment)


def _give_again(part: Part, act: Act) -> Iterator[Written]:
    """The bureau is to sign for it after all, perhaps in other words or by another day; its clock begins anew."""
    asked = {name: act.data[name] for name in ("what", "due_on") if act.data.get(name)}
    yield part, part.given(at=act.at, by=act.by, absent=absent_of(act)) | UNCLOSED | asked


def _finish(part: Part, act: Act) -> Iterator[Written]:
    """Keeps what was done; a completion claim waits for it no more, and nothing more is filed."""
    yield from owed.release_part(part, act)
    yield part, closed(act, act.comment)


def _reopen(part: Part, act: Act) -> Iterator[Written]:
    """It goes on, and is filed again from the next period that opens."""
    yield part, UNCLOSED


def _end(part: Part, act: Act) -> Iterator[Written]:
    """Nothing more is owed of it; it stays in sight with the reason."""
    yield from owed.release_part(part, act, Released.PART_ENDED)
    yield part, closed(act, act.comment)


def _rows(part: Part) -> list[Locked]:
    return [part.task]


def _owed(part: Part) -> list[Locked]:
    return [*owed.rows_of_part(part), part.task]


def _givers(part: Part, act: Act) -> Iterable[User]:
    return givers_of(part)


def _holders(part: Part, act: Act) -> Iterable[User]:
    return people_of(part.task, part.bureau)


ACCEPT_PART = Move(
    name="accept",
    label=_("Accept"),
    sources=(GIVEN,),
    target=ACCEPTED,
    who=rules.holds,
    guard=rules.may_move,
    effect=_accept,
    locks=_rows,
    tells=_givers,
)
SEND_BACK_PART = Move(
    name="send_back",
    label=_("Send back"),
    sources=(GIVEN,),
    target=SENT_BACK,
    who=rules.holds,
    guard=rules.may_move,
    effect=_send_back,
    locks=_rows,
    tells=_givers,
    needs_comment=True,
    asks=_("Why it is not yours, or what must change first (required)"),
)
GIVE_AGAIN = Move(
    name="give_again",
    label=_("Give again"),
    sources=(SENT_BACK,),
    target=GIVEN,
    who=rules.gives,
    guard=rules.may_be_given_again,
    effect=_give_again,
    locks=_rows,
    tells=_holders,
    needs_comment=True,
)
FINISH = Move(
    name="finish",
    label=pgettext_lazy("part", "Finish"),
    sources=(ACCEPTED,),
    target=DONE,
    who=rules.holds,
    guard=rules.has_all_below,
    effect=_finish,
    locks=_owed,
    tells=_givers,
    needs_comment=True,
    asks=_("What was done (required)"),
)
REOPEN_PART = Move(
    name="reopen",
    label=_("Reopen"),
    sources=(DONE,),
    target=ACCEPTED,
    who=rules.gives,
    guard=rules.may_move,
    effect=_reopen,
    locks=_rows,
    tells=_holders,
    needs_comment=True,
)
END_PART = Move(
    name="end",
    label=pgettext_lazy("part", "End"),
    sources=(GIVEN, ACCEPTED, SENT_BACK),
    target=ENDED,
    who=rules.gives,
    guard=rules.has_all_below,
    effect=_end,
    locks=_owed,
    tells=_holders,
    needs_comment=True,
)

PART_MOVES = {
    move.name: move for move in (ACCEPT_PART, SEND_BACK_PART, GIVE_AGAIN, FINISH, REOPEN_PART, END_PART)
}
