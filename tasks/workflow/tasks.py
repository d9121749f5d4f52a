"""How tasks move: assigned, accepted, claimed, verified; suspended, dropped and taken up again."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade.accounts.models import User
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.models import Released
from qdtrade.workflow import STAYS, Act, Locked, Move, Written

from .. import rules
from ..models import Part, Task, TaskBureau
from ..models.part import LEADS_NOW
from ..models.task import UNDECLINED
from ..told import people_of, reviewers_of
from . import owed
from .acts import absent_of, day_of
from .parts import closed

REGISTERED, IN_PROGRESS, CLAIMED, DONE, SUSPENDED, DROPPED = Task.Status

UNCLAIMED: dict[str, Any] = {
    "claimed_at": None, "claimed_by": None, "claimed_for": None, "claim": "", "verify_due_on": None,
}  # fmt: skip


def _freeze_baseline(task: Task, act: Act) -> Iterator[Written]:
    """Freezes the baseline: the due date and the milestones' planned days."""
    signed = {"accepted_at": act.at, "accepted_by": act.by, "accepted_for": absent_of(act)}
    yield task, signed | {"baseline_due_on": task.due_on}
    for milestone in task.milestones.order_by("number"):
        milestone.task = task
        yield milestone, {"baseline_on": milestone.plan_on}


def _decline(task: Task, act: Act) -> Iterator[Written]:
    """Keeps who declined it and why; the pilot office hands it over or assigns it again."""
    yield (
        task,
        {
            "declined_at": act.at,
            "declined_by": act.by,
            "declined_for": absent_of(act),
            "declined_reason": act.comment,
        },
    )


def _assign_again(task: Task, act: Act) -> Iterator[Written]:
    """The bureau is to accept it after all; its sign-for clock begins anew."""
    yield task, {"assigned_at": act.at} | UNDECLINED


def _hand_over(task: Task, act: Act) -> Iterator[Written]:
    """Another bureau leads it. What was submitted or is past due stays with the old one, which goes on seeing the task;
    what is not becomes exempt “handed over”, and the new one owes it. A part that the new one held ends.
    """
    bureau = act.data["bureau"]
    yield from owed.pass_on(task, act, bureau)
    links = {link.bureau_id: link for link in task.links.select_related("bureau")}
    for link in links.values():
        link.task = task
        if link.part == TaskBureau.Part.LEAD:
            yield link, {"part": TaskBureau.Part.FORMER}
    if bureau.pk in links:
        yield links[bureau.pk], {"part": TaskBureau.Part.LEAD}
    else:
        yield [TaskBureau(task=task, bureau=bureau, part=TaskBureau.Part.LEAD)]
    for part in task.parts.not_in().filter(bureau=bureau).select_related("bureau").order_by("pk"):
        part.task = task
        yield from owed.release_part(part, act, Released.PART_ENDED)
        yield part, closed(act, LEADS_NOW) | {"status": Part.Status.ENDED}
    yield task, {"lead": bureau, "assigned_at": act.at} | UNDECLINED


def _claim(task: Task, act: Act) -> Iterator[Written]:
    """Keeps how the standard was met, and sets the day to verify it by."""
    due_on = Calendar().after(day_of(act), task.programme.days_to_verify)
    said = {"claimed_at": act.at, "claimed_by": act.by, "claimed_for": absent_of(act), "claim": act.comment}
    yield task, said | {"verify_due_on": due_on}


def _withdraw_claim(task: Task, act: Act) -> Iterator[Written]:
    """As if completion had not been claimed."""
    yield task, UNCLAIMED


def _decided(decision: Task.Decision, act: Act) -> dict[str, Any]:
    return {
        "decision": decision,
        "decided_at": act.at,
        "decided_by": act.by,
        "decided_for": absent_of(act),
        "decision_reason": act.comment,
    }


def _verify(task: Task, act: Act) -> Iterator[Written]:
    """Done. A report that is neither submitted nor past due is owed no more."""
    yield from owed.release(task, act, Released.DONE)
    yield task, _decided(Task.Decision.VERIFIED, act) | {"verify_due_on": None}


def _send_back(task: Task, act: Act) -> Iterator[Written]:
    """The task goes on, with the reason beside it; its due date does not move."""
    yield task, _decided(Task.Decision.SENT_BACK, act) | UNCLAIMED


def _suspend(task: Task, act: Act) -> Iterator[Written]:
    """Its clocks stop. A report that is neither submitted nor past due becomes exempt."""
    yield from owed.release(task, act, Released.SUSPENDED)
    yield task, _decided(Task.Decision.SUSPENDED, act)


def _resume(task: Task, act: Act) -> Iterator[Written]:
    """Its clocks run again; a task, or a part, that nobody accepted yet waits for its bureau anew."""
    yield from _take_up(task, act, Task.Decision.RESUMED)


def _drop(task: Task, act: Act) -> Iterator[Written]:
    """It stays in the register and in all denominators; what is neither submitted nor past due becomes exempt."""
    yield from owed.release(task, act, Released.DROPPED)
    yield task, _decided(Task.Decision.DROPPED, act) | UNCLAIMED


def _reopen(task: Task, act: Act) -> Iterator[Written]:
    """It goes on from where it stood, and owes reports from the next period that opens."""
    yield from _take_up(task, act, Task.Decision.REOPENED)


def _take_up(task: Task, act: Act, decision: Task.Decision) -> Iterator[Written]:
    fields = _decided(decision, act) | UNCLAIMED
    if task.accepted_at is None:
        fields |= UNDECLINED | {"status": REGISTERED, "assigned_at": act.at}
    accept_by = Calendar().after(day_of(act), task.programme.accept_days)
    for part in task.parts.filter(status=Part.Status.GIVEN).select_related("bureau").order_by("pk"):
        part.task = task
        yield part, {"accept_due_on": accept_by}
    yield task, fields


def _owed(task: Task) -> list[Locked]:
    return [*owed.rows(task)]


def _parts(task: Task) -> list[Locked]:
    return [*task.parts.not_in().order_by("pk")]


def _owed_and_parts(task: Task) -> list[Locked]:
    return [*_owed(task), *_parts(task)]


def _managers(task: Task, act: Act) -> list[User]:
    return reviewers_of(task)


def _bureau(task: Task, act: Act) -> list[User]:
    return people_of(task)


def _both_bureaus(task: Task, act: Act) -> list[User]:
    return people_of(task, task.lead, act.data["bureau"])


ACCEPT = Move(
    name="accept",
    label=_("Accept"),
    sources=(REGISTERED,),
    target=IN_PROGRESS,
    who=rules.of_lead,
    guard=rules.may_be_accepted,
    effect=_freeze_baseline,
    tells=_managers,
)
DECLINE = Move(
    name="decline",
    label=_("Decline"),
    sources=(REGISTERED,),
    target=STAYS,
    who=rules.of_lead,
    guard=rules.is_not_declined,
    effect=_decline,
    tells=_managers,
    needs_comment=True,
    asks=_("Why it is not yours, and whose it is (required)"),
)
ASSIGN_AGAIN = Move(
    name="assign_again",
    label=_("Assign again"),
    sources=(REGISTERED,),
    target=STAYS,
    who=rules.manages,
    guard=rules.is_declined,
    effect=_assign_again,
    tells=_bureau,
    needs_comment=True,
)
HAND_OVER = Move(
    name="hand_over",
    label=_("Hand over"),
    sources=(REGISTERED, IN_PROGRESS, SUSPENDED),
    target=STAYS,
    who=rules.manages,
    guard=rules.may_lead,
    effect=_hand_over,
    locks=_owed_and_parts,
    tells=_both_bureaus,
    needs_comment=True,
)
CLAIM = Move(
    name="claim",
    label=_("Claim completion"),
    sources=(IN_PROGRESS,),
    target=CLAIMED,
    who=rules.heads_lead,
    guard=rules.is_complete,
    effect=_claim,
    tells=_managers,
    needs_comment=True,
    asks=_("How the completion standard was met (required)"),
)
WITHDRAW_CLAIM = Move(
    name="withdraw_claim",
    label=_("Withdraw the claim"),
    sources=(CLAIMED,),
    target=IN_PROGRESS,
    who=rules.heads_lead,
    effect=_withdraw_claim,
    tells=_managers,
)
VERIFY = Move(
    name="verify",
    label=_("Verify completion"),
    sources=(CLAIMED,),
    target=DONE,
    who=rules.manages,
    rule=rules.is_independent_of_claim,
    effect=_verify,
    locks=_owed,
    tells=_bureau,
)
SEND_BACK = Move(
    name="send_back",
    label=_("Send back"),
    sources=(CLAIMED,),
    target=IN_PROGRESS,
    who=rules.manages,
    rule=rules.is_independent_of_claim,
    effect=_send_back,
    tells=_bureau,
    needs_comment=True,
)
SUSPEND = Move(
    name="suspend",
    label=_("Suspend"),
    sources=(REGISTERED, IN_PROGRESS),
    target=SUSPENDED,
    who=rules.manages,
    effect=_suspend,
    locks=_owed,
    tells=_bureau,
    needs_comment=True,
)
RESUME = Move(
    name="resume",
    label=_("Resume"),
    sources=(SUSPENDED,),
    target=IN_PROGRESS,
    other_targets=(REGISTERED,),
    who=rules.manages,
    effect=_resume,
    locks=_parts,
    tells=_bureau,
    needs_comment=True,
)
DROP = Move(
    name="drop",
    label=pgettext_lazy("task", "Drop"),
    sources=(REGISTERED, IN_PROGRESS, CLAIMED, SUSPENDED),
    target=DROPPED,
    who=rules.manages,
    effect=_drop,
    locks=_owed,
    tells=_bureau,
    needs_comment=True,
)
REOPEN_TASK = Move(
    name="reopen",
    label=_("Reopen"),
    sources=(DONE, DROPPED),
    target=IN_PROGRESS,
    other_targets=(REGISTERED,),
    who=rules.manages,
    effect=_reopen,
    locks=_parts,
    tells=_bureau,
    needs_comment=True,
)

TASK_MOVES = {
    move.name: move
    for move in (
        ACCEPT, DECLINE, ASSIGN_AGAIN, HAND_OVER, CLAIM, WITHDRAW_CLAIM, VERIFY, SEND_BACK, SUSPEND, RESUME, DROP,
        REOPEN_TASK,
    )
}  # fmt: skip
