"""Importing a register: upload, dry run, applying, and the imports of before."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from qdtrade.evidence.downloads import download
from qdtrade.lists import page_of
from qdtrade.programmes.current import current_programme
from qdtrade.web import done, seen_version
from qdtrade.workflow import perform

from .. import background, import_rules
from ..actions import register_imports as actions
from ..import_workflow import APPLY, DROP, IMPORT_MOVES, READ_AGAIN, TAKE_BACK
from ..imports.choices import from_form
from ..models import RegisterImport
from . import import_page


@require_http_methods(["GET", "POST"])
def register_imports(request: HttpRequest) -> HttpResponse:
    """The way in, and the last imports with what each changed."""
    programme = current_programme(request)
    import_rules.reads_imports(programme, request.user)
    if request.method == "POST":
        return _upload(request)
    return _list(request)


def _list(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    programme = current_programme(request)
    rows = RegisterImport.objects.visible_to(request.user).filter(programme=programme)
    page = page_of(request, rows.for_list().in_order())
    context = {
        "programme": programme,
        "page": page,
        "rows": [import_page.line(row) for row in page],
        "may_import": import_rules.may_import(programme, request.user),
        "error": error,
    }
    return render(request, "tasks/import_list.html", context, status=status)


def _upload(request: HttpRequest) -> HttpResponse:
    """Keep the file and have it read; what can be told from the outside is told at once."""
    programme = current_programme(request)
    import_rules.runs_programme(programme, request.user)
    file = request.FILES.get("file")
    if file is None:
        return _list(request, _("Choose a file first."), status=400)
    before = request.POST.get("instead_of", "")
    mine = RegisterImport.objects.visible_to(request.user).for_move().filter(programme=programme)
    corrected = mine.filter(pk=before, added_by=request.user.pk).first() if before.isdecimal() else None
    try:
        row = actions.upload_register(
            programme, file, by=request.user, start=background.read_import.enqueue, instead_of=corrected
        )
    except ValidationError as fault:
        return _list(request, " ".join(fault.messages), status=400)
    return done(request, _("Uploaded: %(file)s") % {"file": row.name}, import_page.address(row))


@require_GET
def register_import(request: HttpRequest, pk: int) -> HttpResponse:
    """The dry run of one upload, or what became of it; while a worker is on it, how far it is."""
    row = _shown(request, pk)
    if request.htmx:  # type: ignore[attr-defined]
        if not row.is_at_work:
            return HttpResponseClientRefresh()
        return render(request, "tasks/_import_progress.html", import_page.progress(row))
    return render(request, "tasks/import.html", import_page.context(request, row))


def _shown(request: HttpRequest, pk: int) -> RegisterImport:
    return get_object_or_404(RegisterImport.objects.visible_to(request.user).for_move(), pk=pk)


@require_POST
def import_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Check again, apply, give up, take back."""
    if move not in IMPORT_MOVES:
        raise Http404
    row = _shown(request, pk)
    words = _made(request, row, move)
    return done(request, words % {"file": row.name}, import_page.address(row))


def _made(request: HttpRequest, row: RegisterImport, move: str) -> str:
    """Make the move; gives what to say then."""
    asked: dict[str, Any] = {"by": request.user, "seen": seen_version(request)}
    if move == READ_AGAIN.name:
        import_rules.uploaded(row, request.user)
        choices = from_form(request.POST, row.summary, row.choices, row.programme.region)
        actions.read_again(row, choices, start=background.read_import.enqueue, **asked)
        return _("%(file)s is checked again with your choices.")
    if move == APPLY.name:
        actions.apply_import(row, start=background.apply_import.enqueue, **asked)
        return _("%(file)s is being applied.")
    if move == TAKE_BACK.name:
        actions.take_back(row, comment=request.POST.get("comment", ""), **asked)
        return _("Taken back: %(file)s\nThe register is as it was before this import.")
    perform(DROP, row, **asked)
    return _("Given up: %(file)s\nNothing of it was written.")


@require_GET
def import_workbook(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The uploaded sheet with the reasons beside its cells."""
    row = _shown(request, pk)
    if not hasattr(row, "workbook"):
        raise Http404
    return download(row.workbook)


@require_GET
def import_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it was uploaded."""
    return download(_shown(request, pk))
