"""Who may do what to tasks and reports, and when."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.programmes.held import acting, held_by
from qdtrade.programmes.models import Membership, Role
from qdtrade.programmes.rules import manages, runs_programme
from qdtrade.templatetags import days
from qdtrade.workflow import Act

from . import content as contents
from .models import Light, Report, Task

__all__ = ["manages", "runs_programme"]

WRITERS = (Role.STAFF, Role.HEAD)


def of_lead(task: Task, user: Any) -> Membership:
    """Staff or head of the lead bureau."""
    refusal = _("The lead bureau is %(bureau)s; only its reporters and its head may do this.") % {
        "bureau": task.lead
    }
    return acting(user, task.programme_id, WRITERS, bureau_id=task.lead_id, refusal=refusal)


def writes(report: Report, user: Any) -> Membership:
    """Staff or head of the very bureau that owes the report."""
    refusal = _("%(bureau)s owes this report; only its reporters and its head may do this.") % {
        "bureau": report.bureau
    }
    return acting(user, report.programme_id, WRITERS, bureau_id=report.expected.bureau_id, refusal=refusal)


def is_submitter(report: Report, user: Any) -> None:
    """The one who submitted."""
    if report.current is not None and report.current.submitted_by_id != user.pk:
        raise NotAllowed(
            _("%(person)s submitted this report; only they can withdraw it.")
            % {"person": report.current.submitted_by}
        )


def is_independent(report: Report, user: Any) -> None:
    """Never its author or submitter, and never anybody of the bureau that owes it."""
    submitter = report.current.submitted_by_id if report.current else None
    if user.pk in {report.author_id, submitter}:
        raise NotAllowed(_("You wrote this report; somebody else must review it."))
    if any(m.bureau_id == report.expected.bureau_id for m in held_by(user)):
        raise NotAllowed(_("This report is from your own bureau; another reviewer must decide it."))


def is_reviewer(report: Report, user: Any) -> None:
    """Independent of the report, and not while a colleague has taken it."""
    is_independent(report, user)
    if report.taken_by_id not in {None, user.pk}:
        raise NotAllowed(
            _("%(person)s took this report for review at %(time)s. Ask them to put it back.")
            % {"person": report.taken_by, "time": clock_time(report.taken_at)}
        )


def clock_time(moment: Any) -> str:
    """Hours and minutes in Beijing."""
    return str(moment.astimezone(clock.BEIJING).strftime("%H:%M"))


def is_free(report: Report, act: Act) -> None:
    """Before a reviewer took it."""
    if report.taken_by_id is not None:
        raise WrongState(
            _("%(person)s is reviewing this report, so it can no longer be withdrawn. Ask them to return it.")
            % {"person": report.taken_by}
        )


def is_not_taken(report: Report, act: Act) -> None:
    """Not taken by anybody yet."""
    if report.taken_by_id is not None:
        raise WrongState(_("%(person)s took this report for review already.") % {"person": report.taken_by})


def put_back_by_other_needs_reason(report: Report, act: Act) -> None:
    """By the reviewer who took it, or by another one with a reason."""
    if report.taken_by_id is None:
        raise WrongState(_("Nobody has taken this report."))
    if report.taken_by_id != act.by.pk and not act.comment and not act.asking:
        raise ValidationError({"comment": _("A colleague took this report. Please say why you put it back.")})


def is_acceptable(report: Report, act: Act) -> None:
    """The form is open, or the report was submitted before; required fields are filled and right."""
    takes_submission(report, act)
    if act.data.get("no_change"):
        allows_no_change(report)
    if not act.asking:
        check_content(report, contents.tidy(act.data.get("content") or {}))


def takes_submission(report: Report, act: Act) -> None:
    """Opening and closing bind the first submission alone; a frozen period takes none but a reopened report."""
    period, expected = report.period, report.expected
    if expected.first_submitted_at is not None:
        if period.status == period.Status.FROZEN and report.status != Report.Status.REOPENED:
            raise WrongState(
                _("%(period)s is frozen. Ask the pilot office to reopen the report.") % {"period": period}
            )
        return
    if period.status == period.Status.FROZEN:
        raise WrongState(_("%(period)s is frozen; nothing more is taken for it.") % {"period": period})
    if expected.exempt_reason:
        raise WrongState(_("This report is exempt: %(reason)s") % {"reason": expected.exempt_reason})
    if act.at >= expected.closes_at or not (period.is_running or expected.exception_until):
        raise WrongState(
            _(
                "%(period)s closed at 24:00 on %(day)s. Ask the pilot office for an exception; your draft is kept."
            )
            % {"period": period, "day": days.in_words(expected.exception_until or period.grace_on)}
        )


def check_content(report: Report, content: contents.Content) -> None:
    """Raises ValidationError that names each field that is missing or wrong; each claimed milestone needs a file."""
    task = report.task
    contents.check(
        content,
        starts_on=task.starts_on,
        today=clock.today(),
        before=progress_before(report),
        open_milestones=open_milestones(report),
        lights=Light.values,
    )
    files = report.files.filter(dropped_at=None, milestone__isnull=False)
    proved = {str(number) for number in files.values_list("milestone__number", flat=True)}
    unproved = sorted(content["milestones"].keys() - proved, key=int)
    if unproved:
        words = _("Milestone %(numbers)s: add at least one file that proves it.")
        raise ValidationError({"files": words % {"numbers": ", ".join(unproved)}})


def progress_before(report: Report) -> Decimal:
    """The progress that the report may not fall below without a reason: that of the period before it."""
    earlier = earlier_version(report)
    return Decimal(earlier.content["progress"]) if earlier else Decimal(0)


def earlier_version(report: Report) -> Any:
    """The version in force of the task's latest earlier period, or None."""
    earlier = (
        Report.objects.filter(
            expected__task=report.expected.task_id,
            expected__period__starts_on__lt=report.period.starts_on,
            in_force__isnull=False,
        )
        .select_related("in_force", "expected__period")
        .order_by("-expected__period__starts_on", "-pk")
        .first()
    )
    if earlier is None or earlier.in_force is None:
        return None
    earlier.in_force.report = earlier
    return earlier.in_force


def open_milestones(report: Report) -> list[int]:
    """The numbers that may be claimed: not done yet, or done by this very report."""
    mine = set(report.in_force.content["milestones"]) if report.in_force else set()
    rows = report.task.milestones.values_list("number", "actual_on")
    return [number for number, actual_on in rows if actual_on is None or str(number) in mine]


def allows_no_change(report: Report) -> None:
    """“No change” carries an approved report over for the first time, and not over an overdue milestone."""
    refuse_no_change(report, has_earlier=earlier_version(report) is not None)


def refuse_no_change(report: Report, *, has_earlier: bool) -> None:
    """The same for a row of a list, which knows of the earlier report and read the task's milestones already."""
    if report.status != Report.Status.DRAFT:
        words = _("“No change” is for a first submission; %(report)s is %(state)s.")
        raise WrongState(words % {"report": report, "state": report.get_status_display()})
    if not has_earlier:
        raise WrongState(_("There is no approved report to carry over yet. Write this one in full."))
    today = clock.today()
    for milestone in report.task.milestones.all():
        if milestone.actual_on is None and milestone.plan_on < today:
            raise WrongState(
                _("Milestone %(number)s is overdue; say what happened.") % {"number": milestone.number}
            )


def has_milestones(task: Task, act: Act) -> None:
    """The task has at least one milestone."""
    if not task.milestones.all():
        raise WrongState(_("This task has no milestone yet. Ask the pilot office to add one."))
