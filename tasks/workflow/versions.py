"""What becomes of a version: submitted, withdrawn, approved or returned, and what that does to its report."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from qdtrade import clock
from qdtrade.errors import WrongState
from qdtrade.programmes.calendar import Calendar
from qdtrade.workflow import Act, Written

from .. import content as contents
from .. import rules
from ..models import Report, ReportFile, ReportVersion, SignOff
from .acts import absent_of, day_of

RETURNED, REOPENED = Report.Status.RETURNED, Report.Status.REOPENED

UNTAKEN: dict[str, Any] = {"taken_at": None, "taken_by": None, "taken_for": None}


def keep_version(report: Report, act: Act) -> Iterator[Written]:
    """A new version with its evidence; the first one sets the clock that timeliness is read from."""
    files = list(report.files.filter(dropped_at=None).select_related("blob", "milestone").order_by("pk"))
    last = report.versions.order_by("-number").first()
    signed = report.sign_off if report.status == Report.Status.SIGN_OFF else None
    version = ReportVersion(
        report=report,
        number=last.number + 1 if last else 1,
        content=rules.said(report, act) | {"files": [file_line(file) for file in files]},
        submitted_at=act.at,
        submitted_by=act.by,
        submitted_for=absent_of(act),
        filed_from=rules.source_of(act),
        hands=sorted({*hands(report, files), *(signed.hands if signed else ())}),
    )
    yield [version]
    if signed is not None:
        signed.report = report
        yield signed, decided(SignOff.Decision.SIGNED, act) | {"became": version}
    for file in files:
        if file.kept_at is None:
            file.report = report
            yield file, {"kept_at": act.at}
    if report.expected.first_submitted_at is None:
        yield report.expected, {"first_submitted_at": act.at, "first_submitted_on": day_of(act)}
    yield (
        report,
        {
            "author": report.author or (signed.asked_by if signed else act.by),
            "current": version,
            "submitted_at": act.at,
            "review_due_on": Calendar().after(day_of(act), report.task.programme.review_days),
            "resubmit_due_on": None,
        },
    )


def hands(report: Report, files: list[ReportFile]) -> list[int]:
    """The ids of all who wrote in the report's draft or added a file that goes with it."""
    wrote = report.draft.hands if report.has_draft else []
    return sorted({*wrote, *(file.added_by_id for file in files)})


def current_of(report: Report) -> ReportVersion:
    """The version at hand, knowing its report without another query."""
    version = report.current
    if version is None:
        raise WrongState(_("%(report)s has no submitted version.") % {"report": report})
    version.report = report
    return version


def file_line(file: ReportFile) -> dict[str, Any]:
    """A file as it is kept in a content: enough to know it by, even when its bytes are gone."""
    return {
        "id": str(file.pk),
        "name": file.name,
        "sha256": file.blob.sha256,
        "size": str(file.blob.size),
        "milestone": str(file.milestone.number) if file.milestone else "",
    }


def withdraw(report: Report, act: Act) -> Iterator[Written]:
    """A version withdrawn before review was never a submission: a first one leaves no trace in the clocks."""
    version = current_of(report)
    yield version, decided(ReportVersion.Decision.WITHDRAWN, act)
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


def decided(decision: str, act: Act) -> dict[str, Any]:
    """What is kept with the version: the decision, who made it, for whom, and what was said."""
    return {
        "decision": decision,
        "decided_at": act.at,
        "decided_by": act.by,
        "decided_for": absent_of(act),
        "comment": act.comment,
        "remarks": contents.tidy_remarks(act.data.get("remarks")),
    }


def take(report: Report, act: Act) -> Iterator[Written]:
    """Shows to all who is reviewing it."""
    yield report, {"taken_at": act.at, "taken_by": act.by, "taken_for": absent_of(act)}


def put_back(report: Report, act: Act) -> Iterator[Written]:
    """Leaves it to any reviewer again; the one who had it is told."""
    yield report, UNTAKEN


def pass_on(report: Report, act: Act) -> Iterator[Written]:
    """Gives it to another reviewer, or leaves it to any of them again; both are told."""
    to = act.data.get("to")
    yield report, UNTAKEN if to is None else {"taken_at": act.at, "taken_by": to, "taken_for": None}


def approve(report: Report, act: Act) -> Iterator[Written]:
    """Puts the version in force and applies the facts it claims to the task."""
    version = current_of(report)
    yield version, decided(ReportVersion.Decision.APPROVED, act)
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


def return_it(report: Report, act: Act) -> Iterator[Written]:
    """Keeps the remarks with the version, and sets the day to submit again by."""
    due_on = Calendar().after(day_of(act), report.task.programme.resubmit_days)
    yield current_of(report), decided(ReportVersion.Decision.RETURNED, act)
    yield report, UNTAKEN | {"review_due_on": None, "resubmit_due_on": due_on}


def reopen(report: Report, act: Act) -> Iterator[Written]:
    """The approved version stays in force until the next one is approved."""
    due_on = Calendar().after(day_of(act), report.task.programme.resubmit_days)
    yield report, {"resubmit_due_on": due_on}
