"""How tasks and reports move. Each table row is one move; `docs/workflow.md` is drawn from here."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from qdtrade import clock
from qdtrade.accounts.models import User
from qdtrade.errors import WrongState
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.models import Membership, Role
from qdtrade.workflow import Act, Locked, Move, Share, Written, why_not

from . import content as contents
from . import rules
from .models import Report, ReportFile, ReportVersion, Task

REGISTERED, IN_PROGRESS = Task.Status.REGISTERED, Task.Status.IN_PROGRESS
DRAFT, SUBMITTED, RETURNED, APPROVED, REOPENED = Report.Status


def _freeze_baseline(task: Task, act: Act) -> Iterator[Written]:
    """Freezes the baseline: the due date and the milestones' planned days."""
    signed = {"accepted_at": act.at, "accepted_by": act.by, "accepted_for": _absent(act)}
    yield task, signed | {"baseline_due_on": task.due_on}
    for milestone in task.milestones.order_by("number"):
        milestone.task = task
        yield milestone, {"baseline_on": milestone.plan_on}


def _report_rows(report: Report) -> list[Locked]:
    return [report.expected, report.task, Share(report.period)]


def _rows_to_submit(report: Report) -> list[Locked]:
    """The bureau too: nobody gets an account there while the office files for it."""
    return [*_report_rows(report), Share(report.bureau)]


def _absent(act: Act) -> User | None:
    """The person whom a deputy acts for."""
    return cast(User | None, cast(Membership, act.acting).absent)


def _keep_version(report: Report, act: Act) -> Iterator[Written]:
    """A new version with its evidence; the first one sets the clock that timeliness is read from."""
    files = list(report.files.filter(dropped_at=None).select_related("blob", "milestone").order_by("pk"))
    last = report.versions.order_by("-number").first()
    content = contents.tidy(act.data["content"]) | {
        "no_change": bool(act.data.get("no_change")),
        "files": [_file_line(file) for file in files],
    }
    version = ReportVersion(
        report=report,
        number=last.number + 1 if last else 1,
        content=content,
        submitted_at=act.at,
        submitted_by=act.by,
        submitted_for=_absent(act),
        filed_from=rules.source_of(act),
        hands=_hands(report, files),
    )
    yield [version]
    for file in files:
        if file.kept_at is None:
            file.report = report
            yield file, {"kept_at": act.at}
    if report.expected.first_submitted_at is None:
        yield report.expected, {"first_submitted_at": act.at, "first_submitted_on": _day(act)}
    yield (
        report,
        {
            "author": report.author or act.by,
            "current": version,
            "submitted_at": act.at,
            "review_due_on": Calendar().after(_day(act), report.task.programme.review_days),
            "resubmit_due_on": None,
        },
    )


def _hands(report: Report, files: list[ReportFile]) -> list[int]:
    """The ids of all who wrote in the report's draft or added a file that goes with it."""
    wrote = report.draft.hands if report.has_draft else []
    return sorted({*wrote, *(file.added_by_id for file in files)})


def _day(act: Act) -> datetime.date:
    """The Beijing date on which the act began."""
    return clock.day_of(act.at)


def _current(report: Report) -> ReportVersion:
    """The version at hand, knowing its report without another query."""
    version = report.current
    if version is None:
        raise WrongState(_("%(report)s has no submitted version.") % {"report": report})
    version.report = report
    return version


def _file_line(file: ReportFile) -> dict[str, Any]:
    return {
        "id": str(file.pk),
        "name": file.name,
        "sha256": file.blob.sha256,
        "size": str(file.blob.size),
        "milestone": str(file.milestone.number) if file.milestone else "",
    }


def _withdraw(report: Report, act: Act) -> Iterator[Written]:
    """A version withdrawn before review was never a submission: a first one leaves no trace in the clocks."""
    version = _current(report)
    yield version, _decided(ReportVersion.Decision.WITHDRAWN, act)
    earlier = report.versions.exclude(pk=version.pk).exclude(decision="withdrawn").order_by("-number").first()
    fields: dict[str, Any] = {"review_due_on": None, "current": earlier}
    if earlier is None:
        yield report.expected, {"first_submitted_at": None, "first_submitted_on": None}
        fields |= {"submitted_at": None, "author": None}
    else:
        fields |= {"submitted_at": earlier.submitted_at, "status": _before_withdrawal(report, earlier)}
        if earlier.decided_at is not None and fields["status"] == RETURNED:
            fields["resubmit_due_on"] = Calendar().after(
                clock.day_of(earlier.decided_at), report.task.programme.resubmit_days
            )
    yield report, fields


def _before_withdrawal(report: Report, earlier: ReportVersion) -> str:
    return RETURNED if earlier.decision == ReportVersion.Decision.RETURNED else REOPENED


def _decided(decision: str, act: Act) -> dict[str, Any]:
    return {
        "decision": decision,
        "decided_at": act.at,
        "decided_by": act.by,
        "decided_for": _absent(act),
        "comment": act.comment,
        "remarks": contents.tidy_remarks(act.data.get("remarks")),
    }


UNTAKEN: dict[str, Any] = {"taken_at": None, "taken_by": None, "taken_for": None}


def _take(report: Report, act: Act) -> Iterator[Written]:
    """Shows to all who is reviewing it."""
    yield report, {"taken_at": act.at, "taken_by": act.by, "taken_for": _absent(act)}


def _put_back(report: Report, act: Act) -> Iterator[Written]:
    """Leaves it to any reviewer again; the one who had it is told."""
    yield report, UNTAKEN


def _approve(report: Report, act: Act) -> Iterator[Written]:
    """Puts the version in force and applies the facts it claims to the task."""
    version = _current(report)
    yield version, _decided(ReportVersion.Decision.APPROVED, act)
    yield report, UNTAKEN | {"in_force": version, "review_due_on": None}
    yield from _apply_facts(report, version.content)


def _apply_facts(report: Report, content: contents.Content) -> Iterator[Written]:
    """Milestones by any approved report; progress, forecast and light by that of the latest period alone."""
    task = report.task
    for milestone in task.milestones.filter(number__in=[int(n) for n in content["milestones"]]).order_by(
        "number"
    ):
        milestone.task = task
        yield milestone, {"actual_on": contents.as_date(content["milestones"][str(milestone.number)])}
    before = set(report.in_force.content["milestones"]) if report.in_force else set()
    for milestone in task.milestones.filter(
        number__in=[int(n) for n in before - content["milestones"].keys()]
    ):
        milestone.task = task
        yield milestone, {"actual_on": None}
    if task.facts_period and task.facts_period.starts_on > report.period.starts_on:
        return
    yield (
        task,
        {
            "progress": Decimal(content["progress"]),
            "forecast_on": contents.as_date(content["forecast_on"]),
            "self_light": content["self_light"],
            "facts_period": report.period,
        },
    )


def _return(report: Report, act: Act) -> Iterator[Written]:
    """Keeps the remarks with the version, and sets the day to submit again by."""
    due_on = Calendar().after(_day(act), report.task.programme.resubmit_days)
    yield _current(report), _decided(ReportVersion.Decision.RETURNED, act)
    yield report, UNTAKEN | {"review_due_on": None, "resubmit_due_on": due_on}


def _reopen(report: Report, act: Act) -> Iterator[Written]:
    """The approved version stays in force until the next one is approved."""
    due_on = Calendar().after(_day(act), report.task.programme.resubmit_days)
    yield report, {"resubmit_due_on": due_on}


def _writers(report: Report, act: Act) -> list[User]:
    """The author and those who submitted the version at hand, where they may still see the report."""
    version = report.current
    people = {report.author, *((version.submitted_by, version.submitted_for) if version else ())} - {None}
    return [one for one in people if one and Task.objects.visible_to(one).filter(pk=report.task.pk).exists()]


def _holder(report: Report, act: Act) -> list[User]:
    return [one for one in (report.taken_by, report.taken_for) if one]


def _managers(task: Task, act: Act) -> list[User]:
    rows = User.objects.filter(
        pk__in=task.programme.memberships.on(clock.today()).filter(role=Role.MANAGER).values("user")
    )
    return list(rows.order_by("pk"))


ACCEPT = Move(
    name="accept",
    label=_("Accept"),
    sources=(REGISTERED,),
    target=IN_PROGRESS,
    who=rules.of_lead,
    guard=rules.has_milestones,
    effect=_freeze_baseline,
    tells=_managers,
)
SUBMIT = Move(
    name="submit",
    label=_("Submit"),
    sources=(DRAFT, RETURNED, REOPENED),
    target=SUBMITTED,
    who=rules.writes,
    guard=rules.is_acceptable,
    effect=_keep_version,
    locks=_rows_to_submit,
)
WITHDRAW = Move(
    name="withdraw",
    label=_("Withdraw"),
    sources=(SUBMITTED,),
    target=DRAFT,
    other_targets=(RETURNED, REOPENED),
    who=rules.writes,
    rule=rules.is_submitter,
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
    effect=_take,
)
PUT_BACK = Move(
    name="put_back",
    label=_("Put back"),
    sources=(SUBMITTED,),
    target=SUBMITTED,
    who=rules.reviews,
    guard=rules.put_back_by_other_needs_reason,
    effect=_put_back,
    tells=_holder,
)
APPROVE = Move(
    name="approve",
    label=_("Approve"),
    sources=(SUBMITTED,),
    target=APPROVED,
    who=rules.reviews,
    rule=rules.is_reviewer,
    effect=_approve,
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
    effect=_return,
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
    effect=_reopen,
    locks=_report_rows,
    tells=_writers,
    needs_comment=True,
)


def may_file_for(report: Report, user: Any) -> bool:
    """Whether the person may write this report now, as the pilot office, for a bureau without an account."""
    return not why_not(SUBMIT, report, user) and rules.is_for_another(rules.writes(report, user))


TASK_MOVES = {move.name: move for move in (ACCEPT,)}
REPORT_MOVES = {move.name: move for move in (SUBMIT, WITHDRAW, TAKE, PUT_BACK, APPROVE, RETURN, REOPEN)}
