"""How readings move."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade.accounts.models import User
from qdtrade.audit.canonical import keepable
from qdtrade.programmes.acts import day_of, done
from qdtrade.programmes.calendar import Calendar
from qdtrade.workflow import Act, Locked, Move, Written

from .. import rules
from ..models import Reading
from ..told import reviewers_of, submitters_of

SUBMITTED, WITHDRAWN, RETURNED, APPROVED, REOPENED, SUPERSEDED = Reading.Status


def _withdraw(reading: Reading, act: Act) -> Iterator[Written]:
    """It waits no longer; what was written is kept."""
    yield reading, {"review_due_on": None}


def _submit(reading: Reading, act: Act) -> Iterator[Written]:
    """Takes what was changed, and sets the day to decide it by."""
    said = {name: _kept(act.data[name]) for name in Reading.said_fields if name in act.data}
    due_on = Calendar().after(day_of(act), reading.programme.review_days)
    yield reading, said | done("submitted", act) | {"review_due_on": due_on}


def _kept(value: Any) -> Any:
    return keepable(value) if isinstance(value, str) else value


def _approve(reading: Reading, act: Act) -> Iterator[Written]:
    """In force from now on; what it corrects is superseded, and kept."""
    if reading.corrects is not None:
        yield reading.corrects, {"status": SUPERSEDED}
    yield reading, done("decided", act) | {"remarks": act.comment, "review_due_on": None}


def _return(reading: Reading, act: Act) -> Iterator[Written]:
    """Keeps the remarks beside it; the owner submits it again."""
    yield reading, done("decided", act) | {"remarks": act.comment, "review_due_on": None}


def _reopen(reading: Reading, act: Act) -> Iterator[Written]:
    """Asks the owner for a correction; the reading stays in force until that is approved."""
    yield reading, done("decided", act) | {"remarks": act.comment}


def _rows(reading: Reading) -> list[Locked]:
    """The indicator, so that no two readings of a period pass at once, and what is corrected."""
    return [reading.indicator, *([reading.corrects] if reading.corrects is not None else [])]


def _reviewers(reading: Reading, act: Act) -> Iterable[User]:
    return reviewers_of(reading.indicator)


def _submitters(reading: Reading, act: Act) -> Iterable[User]:
    return submitters_of(reading)


WITHDRAW = Move(
    name="withdraw",
    label=_("Withdraw"),
    sources=(SUBMITTED, RETURNED),
    target=WITHDRAWN,
    who=rules.submits_reading,
    rule=rules.is_submitter,
    effect=_withdraw,
    locks=_rows,
)
SUBMIT = Move(
    name="submit",
    label=pgettext_lazy("reading", "Submit again"),
    sources=(RETURNED, WITHDRAWN),
    target=SUBMITTED,
    who=rules.submits_reading,
    guard=rules.may_be_submitted_again,
    effect=_submit,
    locks=_rows,
    tells=_reviewers,
)
APPROVE = Move(
    name="approve",
    label=_("Approve"),
    sources=(SUBMITTED,),
    target=APPROVED,
    who=rules.decides,
    rule=rules.is_independent,
    guard=rules.may_be_approved,
    effect=_approve,
    locks=_rows,
    tells=_submitters,
)
RETURN = Move(
    name="return",
    label=_("Return"),
    sources=(SUBMITTED,),
    target=RETURNED,
    who=rules.decides,
    rule=rules.is_independent,
    effect=_return,
    locks=_rows,
    tells=_submitters,
    needs_comment=True,
)
REOPEN = Move(
    name="reopen",
    label=pgettext_lazy("reading", "Ask for a correction"),
    sources=(APPROVED,),
    target=REOPENED,
    who=rules.decides,
    rule=rules.is_independent,
    effect=_reopen,
    locks=_rows,
    tells=_submitters,
    needs_comment=True,
)

READING_MOVES = {move.name: move for move in (WITHDRAW, SUBMIT, APPROVE, RETURN, REOPEN)}
