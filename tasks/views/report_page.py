"""What the pages of one report show: the form of those who write it, and the sheet that everybody else reads."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.audit import history
from qdtrade.errors import Refusal, Words
from qdtrade.evidence.kinds import IN_WORDS, accepted
from qdtrade.lights.reading import light_up
from qdtrade.lights.words import sentence
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.current import records_of
from qdtrade.programmes.models import Period
from qdtrade.templatetags import days
from qdtrade.templatetags.words import listed
from qdtrade.web import offers

from .. import content as contents
from .. import rules, showing, workflow
from ..actions import reports as actions
from ..cooperating import cooperating
from ..forms import ReportForm
from ..models import Milestone, Report, ReportFile, ReportVersion

Content = contents.Content

AT_HAND = 3
"""How many approved reports stand beside the form."""


def form_page(
    request: HttpRequest,
    report: Report,
    content: Content | None = None,
    errors: Mapping[str, list[str]] | None = None,
    refused_files: Sequence[str] = (),
) -> HttpResponse:
    """The form with what is written so far, or what was just typed; 400 where something in it was refused."""
    if content is None:
        content = actions.starting_content(report)
    form = ReportForm(content)
    elsewhere = form.mark(errors or {})
    files = files_of(report, request.user)
    whole = content | {"files": showing.file_lines(files)}
    remarks = showing.remarks_of(returned_version(report), whole, report.sent_back)
    unanswered = [remark for remark in remarks if not remark.answered]
    missing = showing.missing(content, {str(file.milestone.number) for file in files if file.milestone})
    earlier = rules.earlier_version(report)
    context = around(request, report, content) | {
        "form": form,
        "content": content,
        "errors": elsewhere,
        "all_errors": errors or {},
        "files": files,
        "refused_files": refused_files,
        "remarks": {name: [one for one in remarks if one.name == name] for name in showing.SHOWN},
        "unanswered": unanswered,
        "remark_count": len(remarks),
        "draft": report.draft if report.has_draft else None,
        "draft_version": report.draft.version if report.has_draft else 0,
        "prefilled_from": earlier.report.period if earlier and not report.has_draft else None,
        "earlier": earlier,
        "approved_before": approved_before(report, request.user),
        "before": contents.tidy(earlier.content)["progress"] if earlier else "",
        "no_change": no_change_offer(report, request.user, has_earlier=earlier is not None),
        "missing": missing_words([*missing, *missing_source(report, request.user, files)], unanswered),
        "for_another": rules.is_for_another(rules.writes(report, request.user)),
        "filed_from": report.draft.filed_from if report.has_draft else "",
        "longest_source": rules.LONGEST_SOURCE,
        "claims": claims(report, content),
        "most": settings.MAX_FILE_BYTES // 1024**2,
        "most_files": settings.MAX_REPORT_FILES,
        "kinds": IN_WORDS,
        "accepted": accepted(),
    }
    status = 400 if errors or refused_files else 200
    return render(request, "tasks/report_form.html", context, status=status)


def sheet_page(request: HttpRequest, report: Report) -> HttpResponse:
    """The report as it was submitted, for everybody who sees it, and for its bureau when it cannot be written now."""
    writer = workflow.writes(report, request.user)
    versions = kept_versions(report, writer=writer)
    version = chosen_version(request, report, versions)
    content = content_shown(report, version, writer=writer)
    titles = showing.titles_of(report)
    context = around(request, report, content or {}) | {
        "writer": writer,
        "closed": workflow.why_not_write(report, request.user) if writer and is_writable(report) else "",
        "running": running_period(report, request.user),
        "version": version,
        "versions": versions,
        "lines": showing.compared(None, content, titles) if content else [],
        "remarks": version.remarks if version else {},
        "answers": contents.answers_in(content or {}),
        "files": submitted_files(report, version, request.user)
        if version
        else files_of(report, request.user)
        if writer
        else [],
        "moves": offers(report, workflow.REPORT_MOVES, request.user, "report_move"),
        "history": history_of(report),
        "all_records": records_of(request.user, report.task.programme, kind="report", object=report.pk),
    }
    return render(request, "tasks/report.html", context)


def around(request: HttpRequest, report: Report, content: Mapping[str, Any]) -> dict[str, Any]:
    """What stands beside every page of a report: its task, the specification and the milestones."""
    today = clock.today()
    task = report.task
    light_up([task])
    claimed = content.get("milestones", {})
    steps = [_step(milestone, claimed) for milestone in task.milestones.all()]
    return {
        "here_url": address("report", report),
        "within": f"?programme={task.programme.code}",
        "report": report,
        "hand_in": workflow.hand_in(report, request.user),
        "counts_when": counts_when(report),
        "task": task,
        "period": report.period,
        "supporting": [link.bureau for link in task.links.select_related("bureau").filter(part="support")],
        "steps": [(milestone, showing.due_words(milestone, today)) for milestone in steps],
        "done_steps": sum(milestone.actual_on is not None for milestone in steps),
        "planned": task.planned_progress(today),
        "why_light": sentence(task.light_reasons),
        "cooperating": cooperating(task.pk, report.period.pk, request.user),
        "today": today,
        "days_left": Calendar().left(today, report.period.due_on),
    }


def counts_when(report: Report) -> str:
    """From when a report counts as submitted where its head signs, and until when that is in time."""
    expected, period = report.expected, report.period
    if expected.first_submitted_at is not None:
        due = report.resubmit_due_on
        words = _("It is resubmitted when the head signs; due by 24:00 on %(day)s.")
    elif clock.today() > period.due_on:
        due = expected.exception_until or period.grace_on
        words = _("It counts as submitted when the head signs; taken until 24:00 on %(day)s.")
    else:
        due = period.due_on
        words = _("It counts as submitted when the head signs; in time until 24:00 on %(day)s.")
    return words % {"day": days.in_words(due)} if due else _("It counts as submitted when the head signs.")


def address(name: str, report: Report) -> str:
    """A page of this report, in its programme (DECISIONS 2); without its number where the page has none."""
    args = [] if name == "my_work" else [report.pk]
    return f"{reverse(name, args=args)}?programme={report.task.programme.code}"


def _step(milestone: Milestone, claimed: Mapping[str, str]) -> Milestone:
    milestone.claimed = str(milestone.number) in claimed  # type: ignore[attr-defined]
    return milestone


def missing_words(missing: Sequence[Words], unanswered: Sequence[showing.Remark]) -> str:
    """What stands between the text and its submission; remarks without an answer do not stop it."""
    parts = [str(words) for words in missing]
    parts += [_("remark %(number)d") % {"number": remark.number} for remark in unanswered]
    if not parts:
        return _("Ready to submit")
    return _("Still open: %(what)s") % {"what": listed(parts)}


def missing_source(
    report: Report, user: Any, files: Sequence[ReportFile], filed_from: str | None = None
) -> list[Words]:
    """The headings of what the office must still give where it files for a bureau."""
    if not rules.is_for_another(rules.writes(report, user)):
        return []
    if filed_from is None:
        filed_from = report.draft.filed_from if report.has_draft else ""
    found: list[Words] = [] if filed_from else [_("source")]
    return found if any(file.milestone_id is None for file in files) else [*found, _("the source as a file")]


def claims(report: Report, content: Content) -> list[dict[str, Any]]:
    """The milestones that may be claimed, with what is claimed of them."""
    may, today = set(rules.open_milestones(report)), clock.today()
    return [
        {
            "milestone": milestone,
            "on": content["milestones"].get(str(milestone.number), ""),
            "ticked": str(milestone.number) in content["milestones"],
            "left": showing.due_words(milestone, today),
            "late": milestone.plan_on < today,
        }
        for milestone in report.task.milestones.all()
        if milestone.number in may
    ]


def approved_before(report: Report, user: Any) -> list[Report]:
    """The last approved reports on the same task for earlier periods, newest first: at hand beside the form."""
    rows = Report.objects.visible_to(user).filter(
        expected__task=report.task,
        expected__period__starts_on__lt=report.period.starts_on,
        in_force__isnull=False,
    )
    return list(rows.select_related("expected__period", "in_force__decided_by").in_order()[:AT_HAND])


def no_change_offer(report: Report, user: Any, *, has_earlier: bool) -> dict[str, Any] | None:
    """Whether “no change” is open, and why not; None where the report was submitted before."""
    if report.status != Report.Status.DRAFT:
        return None
    try:
        rules.is_own_word(rules.writes(report, user))
        rules.refuse_no_change(report, has_earlier=has_earlier)
    except Refusal as refusal:
        return {"open": False, "reason": str(refusal)}
    return {"open": True, "reason": ""}


def is_writable(report: Report) -> bool:
    return report.status in Report.WRITABLE


def running_period(report: Report, user: Any) -> Period | None:
    """The period that takes reports now, where it is another one."""
    rows = (
        Period.objects.visible_to(user)
        .filter(programme=report.programme_id)
        .running()
        .exclude(pk=report.period.pk)
    )
    return rows.in_order().first()


def returned_version(report: Report) -> ReportVersion | None:
    """The version whose remarks wait for an answer."""
    return report.current if report.status == Report.Status.RETURNED else None


def files_of(report: Report, user: Any) -> list[ReportFile]:
    """The evidence as it would be submitted now."""
    return list(ReportFile.objects.visible_to(user).filter(report=report).in_use())


def submitted_files(report: Report, version: ReportVersion, user: Any) -> list[ReportFile]:
    """The evidence of one version that the person may open."""
    numbers = [int(file["id"]) for file in version.content.get("files", [])]
    rows = ReportFile.objects.visible_to(user).filter(report=report, pk__in=numbers)
    return list(rows.select_related("blob", "milestone", "added_by").in_order())


def kept_versions(report: Report, *, writer: bool) -> list[ReportVersion]:
    """The versions, newest first; a withdrawn one was never submitted, and is shown to its bureau alone."""
    rows = report.versions.select_related(*ReportVersion.people).in_order()
    return list(rows if writer else rows.exclude(decision=ReportVersion.Decision.WITHDRAWN))


def chosen_version(
    request: HttpRequest, report: Report, versions: list[ReportVersion]
) -> ReportVersion | None:
    """The version that the address names, else the one at hand."""
    asked = request.GET.get("version", "")
    for version in versions:
        if str(version.number) == asked:
            return version
    return next((version for version in versions if version.pk == report.current_id), None)


def content_shown(report: Report, version: ReportVersion | None, *, writer: bool) -> Content | None:
    """The version's content; without one, the draft for the bureau that writes it and nothing for anybody else."""
    if version is not None:
        return dict(version.content)
    if writer and report.has_draft:
        return actions.starting_content(report)
    return None


def history_of(report: Report) -> list[history.Line]:
    """What happened to the report, newest first, in words."""
    return history.acts(history.about(report)[:50])
