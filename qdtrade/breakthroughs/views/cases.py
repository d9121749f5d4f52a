"""The practice case: the page that others read, its Word file, and the form by which it is written."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qdtrade.documents import MEDIA_TYPE
from qdtrade.errors import refusal_of
from qdtrade.tables import safe_filename
from qdtrade.web import done, seen_version
from qdtrade.workflow import perform, why_not

from .. import rules, showing, workflow
from ..actions import cases
from ..forms import CaseForm
from ..models import Breakthrough, PracticeCase
from ..paper import case_paper
from .register import shown


def _case(request: HttpRequest, pk: int) -> PracticeCase:
    rows = PracticeCase.objects.visible_to(request.user).select_related(
        "breakthrough__task__programme", "breakthrough__task__field", "breakthrough__bureau", "breakthrough__current",
        "written_by",
    )  # fmt: skip
    return get_object_or_404(rows, breakthrough=pk)


@require_GET
def practice_case(request: HttpRequest, pk: int) -> HttpResponse:
    """The case as others read it."""
    case = _case(request, pk)
    row = case.breakthrough
    context = {
        "case": case,
        "row": row,
        "programme": row.programme,
        "claim": showing.whole(row.current.content) if row.current else None,
        "may_write": row.status == Breakthrough.Status.PROMOTED and not why_not_edit(row, request.user),
    }
    return render(request, "breakthroughs/practice_case.html", context)


def why_not_edit(row: Breakthrough, user: Any) -> str:
    """Why the person may not change the case, or an empty string."""

    def ask() -> None:
        rules.decides(row, user)
        rules.is_independent(row, user)

    return refusal_of(ask)


@require_GET
def practice_case_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The case as a Word file in the official form."""
    case = _case(request, pk)
    name = safe_filename(f"{case.breakthrough.task.code}-{case.title}.docx")
    return HttpResponse(
        case_paper(case),
        content_type=MEDIA_TYPE,
        headers={
            "Content-Disposition": content_disposition_header(True, name),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def practice_case_write(request: HttpRequest, pk: int) -> HttpResponse:
    """A form with the texts of the case: the first time it passes the breakthrough on, later it changes the case."""
    row = shown(request, pk)
    rules.decides(row, request.user)
    case = PracticeCase.objects.visible_to(request.user).filter(breakthrough=row).first()
    if case is None and row.status not in workflow.PROMOTE.sources:
        raise Http404
    form = CaseForm(request.POST or None, initial=_started(row, case))
    if request.method == "POST" and form.is_valid():
        try:
            _write(request, row, case, form.cleaned_data)
        except ValidationError as fault:
            form.mark(fault)
        else:
            return done(
                request,
                _("Kept: %(row)s\nIts case can be read and printed.") % {"row": row},
                "practice_case",
                pk,
            )
    context = {
        "row": row,
        "case": case,
        "programme": row.programme,
        "form": form,
        "closed": why_not_edit(row, request.user) if case else why_not(workflow.PROMOTE, row, request.user),
    }
    status = 400 if form.errors else 200
    return render(request, "breakthroughs/case_form.html", context, status=status)


def _write(request: HttpRequest, row: Breakthrough, case: PracticeCase | None, texts: dict[str, Any]) -> None:
    seen = seen_version(request)
    if case is None:
        perform(workflow.PROMOTE, row, by=request.user, seen=seen, **texts)
        return
    cases.edit_case(case, texts, by=request.user, seen=seen)


def _started(row: Breakthrough, case: PracticeCase | None) -> dict[str, str]:
    """What is there, or what the claim said."""
    if case is not None:
        return {name: getattr(case, name) for name in PracticeCase.texts}
    said = row.current.content if row.current else {}
    effects = showing.whole(said).effects
    colon, arrow = _(": "), " → "
    return {
        "title": row.task.title[:80],
        "background": said.get("before", ""),
        "practice": said.get("novelty", ""),
        "effect": "\n".join(f"{one.what}{colon}{one.before}{arrow}{one.now}" for one in effects),
        "replicable": "",
    }
