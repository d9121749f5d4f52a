"""Evidence files: adding them, taking them off, and handing them out."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from qdtrade.evidence.downloads import download
from qdtrade.web import done

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
def file_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file off, after keeping what was typed."""
    file = get_object_or_404(ReportFile.objects.visible_to(request.user).select_related("blob"), pk=pk)
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


@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes, always as a download: no browser ever opens evidence as a page of ours."""
    return download(
        get_object_or_404(ReportFile.objects.visible_to(request.user).select_related("blob"), pk=pk)
    )
