"""How reports move."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from qdtrade.accounts.models import User
from qdtrade.workflow import Act, Locked, Move, Share, Written, is_for, why_not

from .. import rules
from ..models import Report, Task
from . import signing, versions

DRAFT, SIGN_OFF, SUBMITTED, RETURNED, APPROVED, REOPENED = Report.Status


def _report_rows(report: Report) -> list[Locked]:
    return [report.expected, report.task, Share(report.period)]


def _rows_to_submit(report: Report) -> list[Locked]:
    """The bureau too: nobody gets an account there while the office files for it."""
    return [*_report_rows(report), Share(report.bureau)]


def _writers(report: Report, act: Act) -> list[User]:
    """The author and those who submitted the version at hand, where they may still see the report."""
    version = report.current
    people = {report.author, *((version.submitted_by, version.submitted_for) if version else ())} - {None}
    return [one for one in people if one and Task.objects.visible_to(one).filter(pk=report.task.pk).exists()]


def _holder(report: Report, act: Act) -> list[User]:
    return [one for one in (report.taken_by, report.taken_for) if one]


def _old_and_new_holder(report: Report, act: Act) -> list[User]:
    to = act.data.get("to")
    return [*_holder(report, act), *([to] if to is not None else [])]


def _withdraw(report: Report, act: Act) -> Iterator[Written]:
    """A version withdrawn before review was never a submission; what was not signed yet goes back to its author."""
    return (signing if report.status == SIGN_OFF else versions).withdraw(report, act)


ASK_SIGN_OFF = Move(
    name="ask_sign_off",
    label=_("Ask for sign-off"),
    sources=(DRAFT, RETURNED, REOPENED),
    target=SIGN_OFF,
    who=rules.asks_sign_off,
    guard=rules.is_acceptable,
    effect=signing.ask,
    locks=_rows_to_submit,
    tells=signing.heads,
)
SUBMIT = Move(
    name="submit",
    label=_("Submit"),
    sources=(DRAFT, SIGN_OFF, RETURNED, REOPENED),
    target=SUBMITTED,
    who=rules.submits,
    rule=rules.is_not_its_author,
    guard=rules.may_go_out,
    effect=versions.keep_version,
    locks=_rows_to_submit,
    tells=signing.askers,
)
SEND_TO_AUTHOR = Move(
    name="send_to_author",
    label=_("Send to author"),
    sources=(SIGN_OFF,),
    target=DRAFT,
    other_targets=(RETURNED, REOPENED),
    who=rules.signs_for,
    effect=signing.send_to_author,
    locks=_report_rows,
    tells=signing.askers,
    needs_comment=True,
)
WITHDRAW = Move(
    name="withdraw",
    label=_("Withdraw"),
    sources=(SIGN_OFF, SUBMITTED),
    target=DRAFT,
    other_targets=(RETURNED, REOPENED),
    who=rules.writes,
    rule=rules.may_withdraw,
    guard=rules.is_free,
    effect=_withdraw,
    locks=_report_rows,
)
TAKE = Move(
    name="take",
    label=_("Take"),
    sources=(SUBMITTED,),
    target=SUBMITTED,
    who=rules.reviews,
    rule=rules.is_independent,
    guard=rules.is_not_taken,
    effect=versions.take,
)
PUT_BACK = Move(
    name="put_back",
    label=_("Put back"),
    sources=(SUBMITTED,),
    target=SUBMITTED,
    who=rules.reviews,
    guard=rules.put_back_by_other_needs_reason,
    effect=versions.put_back,
    tells=_holder,
)
PASS_ON = Move(
    name="pass_on",
    label=_("Pass on"),
    sources=(SUBMITTED,),
    target=SUBMITTED,
    who=rules.passes_on,
    guard=rules.may_be_passed_on,
    effect=versions.pass_on,
    tells=_old_and_new_holder,
    needs_comment=True,
)
APPROVE = Move(
    name="approve",
    label=_("Approve"),
    sources=(SUBMITTED,),
    target=APPROVED,
    who=rules.reviews,
    rule=rules.is_reviewer,
    effect=versions.approve,
    locks=_report_rows,
    tells=_writers,
)
RETURN = Move(
    name="return",
    label=_("Return"),
    sources=(SUBMITTED,),
    target=RETURNED,
    who=rules.reviews,
    rule=rules.is_reviewer,
    effect=versions.return_it,
    locks=_report_rows,
    tells=_writers,
    needs_comment=True,
)
REOPEN = Move(
    name="reopen",
    label=_("Reopen"),
    sources=(APPROVED,),
    target=REOPENED,
    who=rules.reviews,
    rule=rules.is_independent,
    effect=versions.reopen,
    locks=_report_rows,
    tells=_writers,
    needs_comment=True,
)


def may_file_for(report: Report, user: Any) -> bool:
    """Whether the person may write this report now, as the pilot office, for a bureau without an account."""
    return not why_not(SUBMIT, report, user) and rules.is_for_another(rules.writes(report, user))


def hand_in(report: Report, user: Any) -> Move:
    """The move by which a text leaves its writers' hands: to the pilot office, or first to the head of the bureau."""
    return ASK_SIGN_OFF if is_for(ASK_SIGN_OFF, report, user) else SUBMIT


def why_not_write(report: Report, user: Any) -> str:
    """Why the person may not write this report now, or an empty string."""
    if report.status == SIGN_OFF:
        return str(
            _("The report is with the head of the bureau; its text stays until it is signed or given back.")
        )
    return why_not(hand_in(report, user), report, user)


def may_sign(report: Report, user: Any) -> bool:
    """Whether signing for the report's bureau is the person's business at all."""
    return is_for(SEND_TO_AUTHOR, report, user)


def writes(report: Report, user: Any) -> bool:
    """Whether writing this report is the person's business at all."""
    return is_for(WITHDRAW, report, user)


REPORT_CARE = {move.name: move for move in (PASS_ON,)}
"""What an administrator does for reports when somebody leaves; no page or program of its own makes it."""
REPORT_MOVES = {
    move.name: move
    for move in (ASK_SIGN_OFF, SUBMIT, SEND_TO_AUTHOR, WITHDRAW, TAKE, PUT_BACK, APPROVE, RETURN, REOPEN)
}
