"""How extensions move: asked for → signed → granted or refused, or withdrawn."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade.accounts.models import User
from qdtrade.programmes.models import Role
from qdtrade.workflow import Act, Locked, Move, Written

from .. import rules
from ..models import Extension
from ..told import people_of, reviewers_of
from .acts import absent_of

ASKED, SIGNED, GRANTED, REFUSED, WITHDRAWN = Extension.Status


def _sign(extension: Extension, act: Act) -> Iterator[Written]:
    """Puts it before the pilot office, and sets the day to decide it by."""
    yield extension, extension.signed(at=act.at, by=act.by, absent=absent_of(act))


def _decided(act: Act) -> dict[str, Any]:
    return {"decided_at": act.at, "decided_by": act.by, "decided_for": absent_of(act), "answer": act.comment}


def _grant(extension: Extension, act: Act) -> Iterator[Written]:
    """Moves the current plan of the milestone, or the task's due date; never the baseline."""
    yield extension, _decided(act)
    task, milestone = extension.task, extension.milestone
    if milestone is None:
        yield task, {"due_on": extension.to_on, "due_words": ""}
        return
    milestone.task = task
    yield milestone, {"plan_on": extension.to_on}


def _close(extension: Extension, act: Act) -> Iterator[Written]:
    """The day stays as it is."""
    yield extension, _decided(act)


def _rows(extension: Extension) -> list[Locked]:
    milestone = [extension.milestone] if extension.milestone else []
    return [extension.task, *milestone]


def _managers(extension: Extension, act: Act) -> list[User]:
    return reviewers_of(extension.task)


def _bureau(extension: Extension, act: Act) -> list[User]:
    return people_of(extension.task)


def _head(extension: Extension, act: Act) -> list[User]:
    """Whoever was to sign it, and the reviewers once it was signed."""
    heads = people_of(extension.task, roles=(Role.HEAD,))
    return heads if extension.status == ASKED else [*heads, *reviewers_of(extension.task)]


SIGN = Move(
    name="sign",
    label=_("Sign"),
    sources=(ASKED,),
    target=SIGNED,
    who=rules.signs,
    guard=rules.may_be_moved,
    effect=_sign,
    locks=_rows,
    tells=_managers,
)
GRANT = Move(
    name="grant",
    label=pgettext_lazy("extension", "Grant"),
    sources=(SIGNED,),
    target=GRANTED,
    who=rules.decides,
    rule=rules.is_independent_of_wish,
    guard=rules.may_be_moved,
    effect=_grant,
    locks=_rows,
    tells=_bureau,
)
REFUSE = Move(
    name="refuse",
    label=pgettext_lazy("extension", "Refuse"),
    sources=(SIGNED,),
    target=REFUSED,
    who=rules.decides,
    rule=rules.is_independent_of_wish,
    effect=_close,
    locks=_rows,
    tells=_bureau,
    needs_comment=True,
)
WITHDRAW_EXTENSION = Move(
    name="withdraw",
    label=_("Withdraw"),
    sources=(ASKED, SIGNED),
    target=WITHDRAWN,
    who=rules.asks,
    effect=_close,
    locks=_rows,
    tells=_head,
)

EXTENSION_MOVES = {move.name: move for move in (SIGN, GRANT, REFUSE, WITHDRAW_EXTENSION)}
