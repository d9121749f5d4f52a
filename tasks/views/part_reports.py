"""What a bureau files on its part for a period: the form while it is open, the sheet for everybody who sees it."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qdtrade import clock
from qdtrade.evidence.downloads import download
from qdtrade.evidence.kinds import IN_WORDS, accepted
from qdtrade.posted import ids_of
from qdtrade.templatetags import days
from qdtrade.web import done, seen_version
from qdtrade.workflow import is_for, perform, why_not

from .. import workflow
from ..actions.parts import keep_files
from ..forms import PartReportForm
from ..models import ExpectedPart, Part, PartFile

EARLIER = 3
"""How many earlier words on the same part stand beside the form."""


@require_http_methods(["GET", "POST"])
def part_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for the bureau that holds the part, while it is open; else what was filed."""
    row = get_object_or_404(ExpectedPart.objects.visible_to(request.user).for_move(), pk=pk)
    sent = request.POST if request.method == "POST" else None
    form = PartReportForm(sent, initial={"text": row.text, "says_done": row.says_done})
    refused: list[str] = []
    if request.method == "POST":
        form.full_clean()
        files, refused = keep_files(request.FILES.getlist("files"))
        if not refused:
            try:
                filed = _file(request, row, form, files)
            except ValidationError as fault:
                refused = form.mark(fault)
            else:
                return done(request, _said(filed), "part_report", row.pk)
    return _page(request, row, form, refused)


def _file(request: HttpRequest, row: ExpectedPart, form: PartReportForm, files: list[Any]) -> ExpectedPart:
    filed: ExpectedPart = perform(
        workflow.FILE,
        row,
        by=request.user,
        seen=seen_version(request),
        text=form.cleaned_data.get("text", ""),
        says_done=form.cleaned_data.get("says_done", False),
        files=files,
        drop=ids_of(request.POST, "drop"),
    )
    return filed


def _said(row: ExpectedPart) -> str:
    if row.part.status == Part.Status.DONE:
        return _("Filed: %(part)s\nThe part is done; the lead bureau has been told.") % {"part": row}
    words = _("Filed: %(part)s\nIt can be revised until %(day)s 24:00.")
    return words % {"part": row, "day": days.short(row.exception_until or row.period.grace_on)}


def _page(request: HttpRequest, row: ExpectedPart, form: PartReportForm, refused: list[str]) -> HttpResponse:
    user = request.user
    earlier = ExpectedPart.objects.visible_to(user).filter(part=row.part, status=ExpectedPart.Status.FILED)
    earlier = earlier.filter(period__starts_on__lt=row.period.starts_on).for_list()
    closed = why_not(workflow.FILE, row, user)
    context = {
        "row": row,
        "part": row.part,
        "task": row.task,
        "programme": row.task.programme,
        "period": row.period,
        "form": form,
        "refused": refused,
        "writer": is_for(workflow.FILE, row, user),
        "closed": closed,
        "files": list(PartFile.objects.visible_to(user).filter(expected=row).in_use()),
        "earlier": list(earlier.order_by("-period__starts_on", "-pk")[:EARLIER]),
        "most": settings.MAX_FILE_BYTES // 1024**2,
        "kinds": IN_WORDS,
        "accepted": accepted(),
        "today": clock.today(),
    }
    status = 400 if refused or form.errors else 200
    return render(request, "tasks/part_report.html", context, status=status)


@require_GET
def part_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes, always as a download."""
    found = PartFile.objects.visible_to(request.user).select_related("blob")
    return download(get_object_or_404(found, pk=pk))
