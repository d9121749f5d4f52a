"""What a report must hold before it is taken, and until when it is taken."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.errors import WrongState
from qdtrade.templatetags import days
from qdtrade.workflow import Act

from .. import content as contents
from ..models import Light, Report, ReportFile
from .writing import check_source, is_own_word


def is_acceptable(report: Report, act: Act) -> None:
    """The form is open, or the report was submitted before; required fields are filled and right.

    What the office files for a bureau names its source and holds it as a file.
    """
    takes_submission(report, act)
    if act.data.get("no_change") and report.status != Report.Status.SIGN_OFF:
        is_own_word(act.acting)
        allows_no_change(report)
    if not act.asking:
        _check_whole(report, act)


def said(report: Report, act: Act) -> contents.Content:
    """What is handed in: what came with the act, or what the head was asked to sign, word for word."""
    given = contents.tidy(act.data.get("content") or {})
    if report.status != Report.Status.SIGN_OFF or report.sign_off is None:
        return given | {"no_change": bool(act.data.get("no_change"))}
    asked = report.sign_off.content
    if act.data.get("content") and contents.differences(asked, given | {"files": asked["files"]}):
        words = _("The head signs what was asked, word for word. To change it, send it back to its author.")
        raise ValidationError({"content": words})
    return contents.tidy(asked) | {"no_change": asked["no_change"]}


def takes_submission(report: Report, act: Act) -> None:
    """Opening and closing bind the first submission alone; a frozen period takes none but a reopened report."""
    period, expected = report.period, report.expected
    if expected.first_submitted_at is not None:
        if period.status == period.Status.FROZEN and report.written_as != Report.Status.REOPENED:
            raise WrongState(
                _("%(period)s is frozen. Ask the pilot office to reopen the report.") % {"period": period}
            )
        return
    if period.status == period.Status.FROZEN:
        raise WrongState(_("%(period)s is frozen; nothing more is taken for it.") % {"period": period})
    if expected.exempt_reason:
        words = _("This report is exempt, nothing needs to be filed: %(reason)s")
        raise WrongState(words % {"reason": expected.exempt_words})
    if act.at >= expected.closes_at or not (period.is_running or expected.exception_until):
        raise WrongState(
            _(
                "%(period)s closed at 24:00 on %(day)s. Ask the pilot office for an exception; your draft is kept."
            )
            % {"period": period, "day": days.in_words(expected.exception_until or period.grace_on)}
        )


def _check_whole(report: Report, act: Act) -> None:
    """Raises one ValidationError that names everything that is missing or wrong."""
    faults: dict[str, list[Any]] = {}
    for check in (_check_said, check_source):
        try:
            check(report, act)
        except ValidationError as fault:
            for name, errors in fault.error_dict.items():
                faults.setdefault(name, []).extend(errors)
    if faults:
        raise ValidationError(faults)


def _check_said(report: Report, act: Act) -> None:
    check_content(report, said(report, act))


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
    proved = {str(file.milestone.number) for file in _evidence(report) if file.milestone}
    unproved = sorted(content["milestones"].keys() - proved, key=int)
    if unproved:
        words = _("Milestone %(numbers)s: add at least one file that proves it.")
        raise ValidationError({"files": words % {"numbers": ", ".join(unproved)}})


def _evidence(report: Report) -> list[ReportFile]:
    """What would be submitted with it; a row of a list brings its own."""
    return report.evidence if hasattr(report, "evidence") else list(report.files.in_use())


def progress_before(report: Report) -> Decimal:
    """The progress that the report may not fall below without a reason: that of the period before it."""
    earlier = earlier_version(report)
    return Decimal(earlier.content["progress"]) if earlier else Decimal(0)


def earlier_version(report: Report) -> Any:
    """The version in force of the task's latest earlier period, or None; a row of a list may bring its own."""
    if "earlier" in report.__dict__:
        return report.earlier
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
    rows = report.task.milestones.all()
    return [
        row.number
        for row in rows
        if row.waived_at is None and (row.actual_on is None or str(row.number) in mine)
    ]


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
        if not milestone.is_settled and milestone.plan_on < today:
            raise WrongState(
                _("Milestone %(number)s is overdue; say what happened.") % {"number": milestone.number}
            )
