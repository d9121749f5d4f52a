"""The table of a breakthrough's moves."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade.accounts.models import User
from qdtrade.workflow import Act, Locked, Move, Share

from .. import rules
from ..models import Breakthrough
from ..told import bureau_of, reviewers_of
from . import effects

Status = Breakthrough.Status


def _rows(row: Breakthrough) -> list[Locked]:
    """The task too, so that it is not handed over meanwhile, and its bureau: nobody gets an account there while the
    office claims for it.
    """
    return [Share(row.task), Share(row.task.lead)]


def _reviewers(row: Breakthrough, act: Act) -> Iterable[User]:
    return reviewers_of(row)


def _bureau(row: Breakthrough, act: Act) -> Iterable[User]:
    return bureau_of(row)


CLAIM = Move(
    name="submit_claim",
    label=pgettext_lazy("breakthrough", "Claim"),
    sources=Breakthrough.WRITABLE,
    target=Status.CLAIMED,
    who=rules.claims,
    guard=rules.may_be_claimed,
    effect=effects.claim,
    locks=_rows,
    tells=_reviewers,
)
WITHDRAW = Move(
    name="withdraw",
    label=_("Withdraw"),
    sources=(Status.CLAIMED,),
    target=Status.CANDIDATE,
    other_targets=(Status.RETURNED, Status.NOT_RECOGNISED),
    who=rules.claims,
    rule=rules.is_claimer,
    effect=effects.withdraw,
    locks=_rows,
)
RETURN = Move(
    name="return",
    label=pgettext_lazy("breakthrough", "Return for completion"),
    sources=(Status.CLAIMED,),
    target=Status.RETURNED,
    who=rules.decides,
    rule=rules.is_independent,
    effect=effects.return_it,
    tells=_bureau,
    needs_comment=True,
)
RECOGNISE = Move(
    name="recognise",
    label=pgettext_lazy("breakthrough", "Recognise"),
    sources=(Status.CLAIMED,),
    target=Status.RECOGNISED,
    who=rules.decides,
    rule=rules.is_independent,
    guard=rules.may_be_recognised,
    effect=effects.recognise,
    tells=_bureau,
)
NOT_RECOGNISE = Move(
    name="not_recognise",
    label=pgettext_lazy("breakthrough", "Do not recognise"),
    sources=(Status.CLAIMED,),
    target=Status.NOT_RECOGNISED,
    who=rules.decides,
    rule=rules.is_independent,
    effect=effects.not_recognise,
    tells=_bureau,
    needs_comment=True,
)
REVOKE = Move(
    name="revoke",
    label=pgettext_lazy("breakthrough", "Revoke"),
    sources=Breakthrough.COUNTED,
    target=Status.REVOKED,
    who=rules.decides,
    rule=rules.is_independent,
    effect=effects.revoke,
    tells=_bureau,
    needs_comment=True,
)
PROMOTE = Move(
    name="promote",
    label=pgettext_lazy("breakthrough", "Pass on as a case"),
    sources=(Status.RECOGNISED,),
    target=Status.PROMOTED,
    who=rules.decides,
    rule=rules.is_independent,
    guard=rules.may_be_promoted,
    effect=effects.promote,
    tells=_bureau,
)
DROP = Move(
    name="take_off",
    label=pgettext_lazy("breakthrough", "Take off the list"),
    sources=Breakthrough.WRITABLE,
    target=Status.DROPPED,
    who=rules.manages,
    effect=effects.drop,
    tells=_bureau,
    needs_comment=True,
)

BREAKTHROUGH_MOVES = {
    move.name: move for move in (CLAIM, WITHDRAW, RECOGNISE, RETURN, NOT_RECOGNISE, PROMOTE, REVOKE, DROP)
}
