"""Evidence files: adding them, taking them off, and handing them out."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from qdtrade.errors import Refusal
from qdtrade.evidence.actions import LARGE, SMALL
from qdtrade.evidence.downloads import download, preview_of
from qdtrade.web import done, refused_page

from ..actions import reports as actions
from ..models import ReportFile
from . import report_page, reports


@require_POST
def report_files(request: HttpRequest, pk: int) -> HttpResponse:
    """Add files, after keeping what was typed. A bad one is named with its cure; the others are kept."""
    row = reports.shown(request, pk)
    try:
        kept = reports.keep(request, row)
    except actions.DraftConflict as conflict:
        return reports.conflict_page(request, row, conflict)
    if kept.refused_files:
        return report_page.form_page(request, reports.shown(request, pk), refused_files=kept.refused_files)
    count = len(request.FILES.getlist("files"))
    words = ngettext("%(count)d file added.", "%(count)d files added.", count) % {"count": count}
    return done(request, words if count else _("No file was chosen."), report_page.address("report", row))


@require_POST
def report_file_add(request: HttpRequest, pk: int) -> JsonResponse:
    """Add one file out of several that a page sends one by one; the text in the page is not touched.

    Answers what became of this file, so a refusal is told here and the others go on.
    """
    row = reports.shown(request, pk)
    upload = request.FILES.get("file")
    if upload is None:
        return JsonResponse({"said": _("No file was chosen.")}, status=400)
    try:
        file = actions.attach_file(
            row, upload, by=request.user, milestone=reports.milestone_proved(request, row)
        )
    except ValidationError as fault:
        return JsonResponse({"said": " ".join(fault.messages)}, status=400)
    except Refusal as refusal:
        return JsonResponse({"said": str(refusal)}, status=refusal.status)
    files = report_page.files_of(row, request.user)
    around = {"files": files, "within": f"?programme={row.task.programme.code}"}
    said = {
        "said": _("%(file)s was added.") % {"file": file.name},
        "list": render_to_string("tasks/_evidence_files.html", around, request),
    }
    more = report_page.missing_source(row, request.user, files)
    return JsonResponse(said | reports.still_open(row, actions.starting_content(row), files, more))


@require_POST
def file_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file off, after keeping what was typed."""
    file = _shown(request, pk)
    row = reports.shown(request, file.report_id)
    file.report = row
    if request.POST.get("draft_version"):
        try:
            reports.keep(request, row)
        except actions.DraftConflict as conflict:
            return reports.conflict_page(request, row, conflict)
    actions.remove_file(file, by=request.user)
    return done(
        request, _("%(file)s was taken off.") % {"file": file.name}, report_page.address("report", row)
    )


def _shown(request: HttpRequest, pk: int) -> ReportFile:
    return get_object_or_404(ReportFile.objects.visible_to(request.user).select_related("blob"), pk=pk)


@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes, always as a download: no browser ever opens evidence as a page of ours."""
    return download(_shown(request, pk))


@require_GET
def file_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture at reading size, made by us; where none can be made, a page that says so."""
    shown = _shown(request, pk)
    words = _("No picture can be shown of %(file)s. Download the file to look at it.") % {"file": shown.name}
    return preview_of(request, shown, LARGE) or refused_page(request, 404, _("No preview"), [words])


@require_GET
def file_thumbnail(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture for a list."""
    picture = preview_of(request, _shown(request, pk), SMALL)
    return picture or HttpResponseNotFound(_("No preview"), content_type="text/plain; charset=utf-8")
