"""Writing a report: the form, its draft, “no change”, and handing it in.

Every button of the form sends the whole form, so whichever is pressed, what was typed is kept first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qdtrade import clock
from qdtrade.errors import Words
from qdtrade.templatetags import days
from qdtrade.web import done, seen_version
from qdtrade.workflow import Move, perform

from .. import content as contents
from .. import forms, rules, showing, workflow
from ..actions import reports as actions
from ..models import Draft, Milestone, Report, ReportFile
from . import report_page, sign_page


def shown(request: HttpRequest, pk: int) -> Report:
    """The report, where the person may see it."""
    return get_object_or_404(Report.objects.visible_to(request.user).for_form(), pk=pk)


@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for those who write it while it can be written, the sheet for everybody else."""
    row = shown(request, pk)
    if row.status == Report.Status.SIGN_OFF and workflow.writes(row, request.user):
        return sign_page.sign_page(request, row)
    if workflow.why_not_write(row, request.user):
        return report_page.sheet_page(request, row)
    if request.GET.get("view") == "changes":
        return _changes(request, row)
    return report_page.form_page(request, row)


def _changes(request: HttpRequest, row: Report) -> HttpResponse:
    """What would be submitted now, against the version before, or what was carried over from the period before."""
    content = actions.starting_content(row)
    files = showing.file_lines(report_page.files_of(row, request.user))
    old = row.current or rules.earlier_version(row)
    before = old.content if row.current else contents.carried(old.content) if old else None
    lines = showing.compared(before, content | {"files": files}, showing.titles_of(row))
    context = report_page.around(request, row, content) | {
        "lines": lines,
        "old": old,
        "changed": sum(line.changed for line in lines),
        "draft_version": row.draft.version if row.has_draft else 0,
    }
    return render(request, "tasks/report_changes.html", context)


@dataclass(frozen=True)
class Kept:
    """What became of a page that was sent: the draft, and what is wrong with files that were not taken."""

    draft: Draft
    refused_files: list[str]


@require_POST
def report_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was typed: by itself every few seconds, or by the button; then go where the button leads."""
    row = shown(request, pk)
    try:
        kept = keep(request, row)
    except actions.DraftConflict as conflict:
        return conflict_page(request, row, conflict)
    if by_itself(request):
        return _saved(request, row, kept.draft)
    if kept.refused_files:
        return report_page.form_page(request, shown(request, pk), refused_files=kept.refused_files)
    if request.POST.get("then") == "changes":
        return redirect(f"{report_page.address('report', row)}&view=changes")
    words = _("The draft was saved at %(time)s.") % {"time": clock_words(kept.draft)}
    return done(request, words, report_page.address("report", row))


def keep(request: HttpRequest, row: Report) -> Kept:
    """Save the text that a page sent as the draft, and add its files: a bad one keeps none of the others out."""
    seen = forms.draft_seen(request.POST)
    source = request.POST.get("filed_from")
    draft = actions.save_draft(row, forms.typed(request.POST), by=request.user, seen=seen, filed_from=source)
    proved = milestone_proved(request, row)
    refused = []
    for upload in request.FILES.getlist("files"):
        try:
            actions.attach_file(row, upload, by=request.user, milestone=proved)
        except ValidationError as fault:
            refused += fault.messages
    return Kept(draft, refused)


def milestone_proved(request: HttpRequest, row: Report) -> Milestone | None:
    """The milestone that the added files prove; None for the report as a whole."""
    number = request.POST.get("for_milestone", "")
    return next((one for one in row.task.milestones.all() if str(one.number) == number), None)


def _saved(request: HttpRequest, row: Report, draft: Draft) -> JsonResponse:
    """What the page should say now, and the texts that another page wrote meanwhile."""
    files = report_page.files_of(row, request.user)
    said = {
        "version": draft.version,
        "said": _("Draft saved at %(time)s") % {"time": clock_words(draft)},
        "content": draft.content,
    }
    more = report_page.missing_source(row, request.user, files, draft.filed_from)
    return JsonResponse(said | still_open(row, draft.content, files, more))


def still_open(
    row: Report, content: contents.Content, files: list[ReportFile], more: Sequence[Words] = ()
) -> dict[str, Any]:
    """What is missing, in words, and which remarks are answered."""
    whole = content | {"files": showing.file_lines(files)}
    remarks = showing.remarks_of(report_page.returned_version(row), whole, row.sent_back)
    missing = showing.missing(content, {str(file.milestone.number) for file in files if file.milestone})
    return {
        "missing": report_page.missing_words([*missing, *more], [one for one in remarks if not one.answered]),
        "whole": not missing and not more,
        "answered": [remark.key for remark in remarks if remark.answered],
    }


def clock_words(draft: Draft) -> str:
    """Hours, minutes and seconds in Beijing."""
    return str(draft.saved_at.astimezone(clock.BEIJING).strftime("%H:%M:%S"))


def by_itself(request: HttpRequest) -> bool:
    """Whether the page saves in place and wants no new page in answer."""
    return bool(getattr(request, "htmx", False))


def conflict_page(request: HttpRequest, row: Report, conflict: actions.DraftConflict) -> HttpResponse:
    """Both texts side by side; for a page that saves by itself, a message with the way there."""
    if by_itself(request):
        return render(
            request, "tasks/_draft_conflict.html", {"conflict": conflict, "report": row}, status=412
        )
    titles = showing.titles_of(row)
    mine = conflict.merged | {name: conflict.mine[name] for name in conflict.fields}
    lines = showing.compared(conflict.theirs, mine, titles, only=conflict.fields)
    source = forms.source_typed(request.POST)
    here, there = forms.as_fields(mine) | source, forms.as_fields(conflict.merged) | source
    context = report_page.around(request, row, mine) | {
        "conflict": conflict,
        "lines": lines,
        "mine": here,
        "theirs": there,
        "rest": {
            name: text for name, text in here.items() if name not in map(forms.field_of, conflict.fields)
        },
        "choices": [
            {"line": line, "name": name, "mine": here[name], "theirs": there[name]}
            for line, name in ((line, forms.field_of(line.name)) for line in lines)
        ],
        "saved_at": clock_words(conflict.draft),
        "same_person": conflict.draft.saved_by_id == request.user.pk,
    }
    return render(request, "tasks/draft_conflict.html", context, status=412)


def hand_in(request: HttpRequest, pk: int, move: Move) -> HttpResponse:
    """Keep what was typed, then hand it in, to the office or to the head: where that is refused, nothing typed is lost.

    What a head signs was typed by somebody else, and is kept already.
    """
    row = shown(request, pk)
    if row.status not in Report.WRITABLE:
        signed = perform(move, row, by=request.user, seen=seen_version(request))
        return done(request, handed_in_words(signed), report_page.address("my_work", row))
    try:
        kept = keep(request, row)
    except actions.DraftConflict as conflict:
        return conflict_page(request, row, conflict)
    if kept.refused_files:
        return report_page.form_page(request, shown(request, pk), refused_files=kept.refused_files)
    return _hand_in(request, row, move, kept.draft.content, filed_from=kept.draft.filed_from)


def _hand_in(
    request: HttpRequest, row: Report, move: Move, content: contents.Content, **data: Any
) -> HttpResponse:
    try:
        handed_in = perform(move, row, by=request.user, content=content, **data)
    except ValidationError as fault:
        return report_page.form_page(request, shown(request, row.pk), content, fault.message_dict)
    return done(request, handed_in_words(handed_in), report_page.address("my_work", row))


def submitted_words(row: Report) -> str:
    """What happened, whether it was in time, and by when it will be reviewed."""
    first = _("Submitted: %(report)s") % {"report": row}
    due = row.period.due_on
    on_time = row.expected.first_submitted_on is not None and row.expected.first_submitted_on <= due
    when = _("On time.") if on_time else _("After the due date %(day)s, so it counts as late.")
    review = _("To be reviewed by %(day)s.")
    return "\n".join(
        [first, f"{when % {'day': days.short(due)}} {review % {'day': days.in_words(row.review_due_on)}}"]
    )


def handed_in_words(row: Report) -> str:
    """The same, or, where the head is asked first, until when the signature must come to be in time."""
    if row.status != Report.Status.SIGN_OFF:
        return submitted_words(row)
    return "\n".join([_("Laid before the head: %(report)s") % {"report": row}, report_page.counts_when(row)])


@require_http_methods(["GET", "HEAD", "POST"])
def report_no_change(request: HttpRequest, pk: int) -> HttpResponse:
    """The last approved report again: asks for the forecast and the light alone."""
    row = shown(request, pk)
    rules.is_own_word(rules.writes(row, request.user))
    rules.allows_no_change(row)
    earlier = rules.earlier_version(row)
    base = contents.carried(earlier.content)
    form = forms.NoChangeForm(request.POST if request.method == "POST" else base)
    if request.method == "POST":
        raw = {name: value for name, value in forms.typed(request.POST).items() if name in form.fields}
        content = contents.tidy(base | raw)
        try:
            move = workflow.hand_in(row, request.user)
            handed_in = perform(move, row, by=request.user, content=content, no_change=True)
        except ValidationError as fault:
            form.mark(fault.message_dict)
        else:
            return done(request, handed_in_words(handed_in), report_page.address("my_work", row))
    context = report_page.around(request, row, base) | {
        "form": form,
        "earlier": earlier,
        "content": base,
        "closed": workflow.why_not_write(row, request.user),
    }
    return render(request, "tasks/report_no_change.html", context, status=400 if form.errors else 200)
