"""Who may do what to tasks and reports, and when."""

import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.audit.canonical import keepable
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.programmes.held import acting, bureaus_with_accounts, held_by, held_in, people_behind
from qdtrade.programmes.models import Membership, Role
from qdtrade.programmes.rules import manages, runs_programme
from qdtrade.templatetags import days
from qdtrade.workflow import Act

from . import content as contents
from .models import ExpectedReport, Light, Milestone, Report, Task

__all__ = ["manages", "runs_programme"]

WRITERS = (Role.HEAD, Role.STAFF)
"""Who writes a bureau's reports; a person who is both acts as its head."""

LONGEST_SOURCE = 200
"""Characters of the source that the office names for what it files for a bureau."""


def of_lead(task: Task, user: Any) -> Membership:
    """Staff or head of the lead bureau."""
    refusal = _("The lead bureau is %(bureau)s; only its reporters and its head may do this.") % {
        "bureau": task.lead
    }
    return acting(user, task.programme_id, WRITERS, bureau_id=task.lead_id, refusal=refusal)


def writes(report: Report, user: Any) -> Membership:
    """Staff or head of the very bureau that owes the report; a reviewer, where nobody of that bureau has an account."""
    owner, mine = report.expected.bureau_id, held_in(user, report.programme_id)
    is_own = any(m.role in WRITERS and m.bureau_id == owner for m in mine)
    if not is_own and any(m.role == Role.MANAGER for m in mine):
        return files_for(report, user)
    refusal = _("%(bureau)s owes this report; only its reporters and its head may do this.") % {
        "bureau": report.bureau
    }
    return acting(user, report.programme_id, WRITERS, bureau_id=owner, refusal=refusal)


def files_for(report: Report, user: Any) -> Membership:
    """A reviewer, as the pilot office, for a bureau in which nobody has an account (代填)."""
    office = manages(report, user)
    if report.expected.bureau_id in bureaus_with_accounts(office, user):
        words = _(
            "%(bureau)s has an account and writes its own reports; the office files only for bureaus without one."
        )
        raise NotAllowed(words % {"bureau": report.bureau})
    return office


def is_for_another(acting: Any) -> bool:
    """Whether a report is written under this membership for a bureau that cannot write it itself."""
    return bool(acting.role == Role.MANAGER)


def is_own_word(acting: Any) -> None:
    """“No change” is said by the bureau itself."""
    if is_for_another(acting):
        raise WrongState(
            _("“No change” is for the bureau to say. Write the report in full, and name its source.")
        )


def reviews(report: Report, user: Any) -> Membership:
    """A reviewer of the programme, or a deputy of one; what an absent reviewer took is decided in their name."""
    own = manages(report, user)
    for m in held_in(user, report.programme_id):
        if m.role == Role.MANAGER and m.absent is not None and m.absent.pk == report.taken_by_id:
            return m
    return own


def is_submitter(report: Report, user: Any) -> None:
    """The one who submitted, or their deputy."""
    version = report.current
    if version is None:
        return
    if not {version.submitted_by_id, version.submitted_for_id} & people_behind(writes(report, user)):
        raise NotAllowed(
            _("%(person)s submitted this report; only they can withdraw it.") % {"person": version.submitter}
        )


def is_independent(report: Report, user: Any) -> None:
    """Never anybody who wrote, filed or submitted any of its versions, and never anybody of the bureau that owes it.

    A deputy is bound by what binds the absent reviewer, too.
    """
    acting, wrote = reviews(report, user), writers_of(report)
    if user.pk in wrote:
        raise NotAllowed(_("You wrote this report; somebody else must review it."))
    if report.expected.bureau_id in _own_bureaus(user):
        raise NotAllowed(_("This report is from your own bureau; another reviewer must decide it."))
    if acting.absent is None:
        return
    words = {"person": acting.absent}
    if acting.absent.pk in wrote:
        raise NotAllowed(
            _("You act for %(person)s, who wrote this report; another reviewer must decide it.") % words
        )
    if report.expected.bureau_id in _own_bureaus(acting.absent):
        raise NotAllowed(
            _(
                "You act for %(person)s, and this report is from their bureau; another reviewer must decide it."
            )
            % words
        )


def writers_of(report: Report) -> set[int | None]:
    """The ids of all who wrote, proved or submitted any version of it, and of those in whose name they did."""
    people = {report.author_id}
    for version in report.filed if hasattr(report, "filed") else report.versions.all():
        people |= {version.submitted_by_id, version.submitted_for_id, *version.hands}
    return people


def _own_bureaus(user: Any) -> set[int | None]:
    """The bureaus of all the person's memberships; a deputy reviewer does not belong to the absent one's bureau."""
    return {m.bureau_id for m in held_by(user) if m.absent is None or m.role != Role.MANAGER}


def is_reviewer(report: Report, user: Any) -> None:
    """Independent of the report, and not while a colleague has taken it."""
    is_independent(report, user)
    if report.taken_by_id is not None and not has_taken(report, user):
        raise NotAllowed(
            _("%(person)s took this report for review at %(time)s. Ask them to put it back.")
            % {"person": report.taker, "time": clock_time(report.taken_at)}
        )


def has_taken(report: Report, user: Any) -> bool:
    """Whether the person took it for review, or an absent reviewer for whom they act, or their own deputy."""
    return bool({report.taken_by_id, report.taken_for_id} & people_behind(reviews(report, user)))


def clock_time(moment: Any) -> str:
    """Hours and minutes in Beijing."""
    return str(moment.astimezone(clock.BEIJING).strftime("%H:%M"))


def is_free(report: Report, act: Act) -> None:
    """Before a reviewer took it."""
    if report.taken_by_id is not None:
        raise WrongState(
            _("%(person)s is reviewing this report, so it can no longer be withdrawn. Ask them to return it.")
            % {"person": report.taker}
        )


def is_not_taken(report: Report, act: Act) -> None:
    """Not taken by anybody yet."""
    if report.taken_by_id is not None:
        words = _("%(person)s took this report for review already. Ask them to put it back, or take another.")
        raise WrongState(words % {"person": report.taker})


def put_back_by_other_needs_reason(report: Report, act: Act) -> None:
    """By the reviewer who took it or their deputy, or by another one with a reason."""
    if report.taken_by_id is None:
        raise WrongState(_("Nobody has taken this report; it is in the queue already."))
    if not act.comment and not act.asking and not has_taken(report, act.by):
        raise ValidationError({"comment": _("A colleague took this report. Please say why you put it back.")})


def is_acceptable(report: Report, act: Act) -> None:
    """The form is open, or the report was submitted before; required fields are filled and right.

    What the office files for a bureau names its source and holds it as a file.
    """
    takes_submission(report, act)
    if act.data.get("no_change"):
        is_own_word(act.acting)
        allows_no_change(report)
    if not act.asking:
        _check_whole(report, act)


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
        words = _("This report is exempt, nothing needs to be filed: %(reason)s")
        raise WrongState(words % {"reason": expected.exempt_reason})
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
    check_content(report, contents.tidy(act.data.get("content") or {}))


def source_of(act: Act) -> str:
    """Where what the office files comes from; empty for what a bureau files itself."""
    return tidy_source(act.data.get("filed_from")) if is_for_another(act.acting) else ""


def tidy_source(raw: Any) -> str:
    """One line."""
    return " ".join(keepable(str(raw or "")).split())


def check_source(report: Report, act: Act) -> None:
    """Raises ValidationError where the office does not say, or does not attach, what it files from."""
    if not is_for_another(act.acting):
        return
    source, faults = source_of(act), {}
    if not source:
        faults["filed_from"] = _("Source: say who at the bureau told it, by which letter or call, and when.")
    if len(source) > LONGEST_SOURCE:
        faults["filed_from"] = _("At most %(most)d characters.") % {"most": LONGEST_SOURCE}
    if not report.files.filter(dropped_at=None, milestone=None).exists():
        faults["files"] = _(
            "Evidence: attach the source itself, a letter or a note of the call, to the report."
        )
    if faults:
        raise ValidationError(faults)


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


def has_room(report: Report, files: int, name: str) -> None:
    """A report takes so many files of evidence and no more."""
    if files >= settings.MAX_REPORT_FILES:
        words = _(
            "%(name)s: a report takes %(most)d files. Take off what is not needed, or put pages into one PDF."
        )
        raise ValidationError(words % {"name": name, "most": settings.MAX_REPORT_FILES})


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


def removes_milestone(task: Task, milestone: Milestone) -> None:
    """Before the lead bureau accepts the task: what it accepted, and what is done, stays."""
    if task.status != Task.Status.REGISTERED:
        words = _("Milestone %(number)s stays: the lead bureau has accepted the task with it.")
        raise WrongState(words % {"number": milestone.number})


def plans_milestone(task: Task, milestone: Milestone, plan_on: datetime.date, comment: str) -> None:
    """A milestone that is done keeps its day; after the task was accepted another day needs a reason, and the baseline
    stays.
    """
    if milestone.plan_on == plan_on:
        return
    if milestone.actual_on is not None:
        words = _("Milestone %(number)s is done; its date is not changed any more.")
        raise WrongState(words % {"number": milestone.number})
    if task.accepted_at is not None and not comment:
        raise ValidationError(
            {"comment": _("The lead bureau has accepted these dates. Please say why they change.")}
        )


def is_not_filed(expected: ExpectedReport) -> None:
    """Nothing was submitted yet, and the period is not frozen."""
    if expected.first_submitted_at is not None:
        words = _("%(report)s was submitted already, so it is neither exempt nor given more time.")
        raise WrongState(words % {"report": expected})
    if expected.period.status == expected.period.Status.FROZEN:
        words = _("%(period)s is frozen; exemptions and exceptions are given before that.")
        raise WrongState(words % {"period": expected.period})
