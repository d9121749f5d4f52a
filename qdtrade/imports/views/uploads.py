"""Importing a file of any kind: upload, dry run, applying, and the imports of before.

Each kind has these pages under addresses of its own, which say which kind it is (`imports.urls`).
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from qdtrade.evidence.downloads import download
from qdtrade.lists import page_of
from qdtrade.programmes.current import current_programme, programme_to_set_up
from qdtrade.programmes.models import Programme
from qdtrade.web import done, seen_version
from qdtrade.workflow import perform

from .. import background, rules
from ..actions import uploads as actions
from ..kinds import KINDS, Kind
from ..models import Import
from ..workflow import APPLY, DROP, IMPORT_MOVES, READ_AGAIN, TAKE_BACK
from . import showing


def _programme(request: HttpRequest, kind: Kind) -> Programme:
    return programme_to_set_up(request) if kind.is_of_server else current_programme(request)


@require_http_methods(["GET", "HEAD", "POST"])
def uploads(request: HttpRequest, kind: str) -> HttpResponse:
    """The way in, and the last imports with what each changed."""
    what = KINDS[kind]
    what.reads(_programme(request, what), request.user)
    if request.method == "POST":
        return _upload(request, what)
    return _list(request, what)


def _list(request: HttpRequest, kind: Kind, error: str = "", status: int = 200) -> HttpResponse:
    programme = _programme(request, kind)
    rows = Import.objects.visible_to(request.user).of_kind(kind).filter(programme=programme)
    page = page_of(request, rows.for_list().in_order())
    context = {
        "kind": kind,
        "programme": programme,
        "page": page,
        "rows": [showing.line(row) for row in page],
        "may_import": rules.may_import(kind, programme, request.user),
        "error": error,
        **showing.ways(kind, programme),
    }
    return render(request, "imports/list.html", context, status=status)


def _upload(request: HttpRequest, kind: Kind) -> HttpResponse:
    """Keep the file and have it read; what can be told from the outside is told at once."""
    programme = _programme(request, kind)
    kind.runs(programme, request.user)
    file = request.FILES.get("file")
    if file is None:
        return _list(request, kind, _("Choose a file first."), status=400)
    before = request.POST.get("instead_of", "")
    mine = Import.objects.visible_to(request.user).of_kind(kind).for_move().filter(programme=programme)
    corrected = mine.filter(pk=before, added_by=request.user.pk).first() if before.isdecimal() else None
    try:
        row = actions.upload(
            kind,
            programme,
            file,
            by=request.user,
            start=background.read_import.enqueue,
            instead_of=corrected,
        )
    except ValidationError as fault:
        return _list(request, kind, " ".join(fault.messages), status=400)
    return done(request, _("Uploaded: %(file)s") % {"file": row.name}, showing.address(row))


@require_safe
def upload(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The dry run of one upload, or what became of it; while a worker is on it, how far it is."""
    row = _shown(request, kind, pk)
    if request.htmx:  # type: ignore[attr-defined]
        if not row.is_at_work:
            return HttpResponseClientRefresh()
        return render(request, "imports/_progress.html", showing.progress(row))
    return render(request, "imports/import.html", showing.context(request, row))


def _shown(request: HttpRequest, kind: str, pk: int) -> Import:
    rows = Import.objects.visible_to(request.user).of_kind(KINDS[kind])
    return get_object_or_404(rows.for_move(), pk=pk)


@require_POST
def upload_move(request: HttpRequest, kind: str, pk: int, move: str) -> HttpResponse:
    """Check again, apply, give up, take back."""
    if move not in IMPORT_MOVES:
        raise Http404
    row = _shown(request, kind, pk)
    words = _made(request, row, move)
    return done(request, words % {"file": row.name}, showing.address(row))


def _made(request: HttpRequest, row: Import, move: str) -> str:
    """Make the move; gives what to say then."""
    asked: dict[str, Any] = {"by": request.user, "seen": seen_version(request)}
    if move == READ_AGAIN.name:
        rules.uploaded(row, request.user)
        choices = row.what.choose(row, request.POST)
        actions.read_again(row, choices, start=background.read_import.enqueue, **asked)
        return _("%(file)s is checked again with your choices.")
    if move == APPLY.name:
        actions.apply_import(row, start=background.apply_import.enqueue, **asked)
        return _("%(file)s is being applied.")
    if move == TAKE_BACK.name:
        actions.take_back(row, comment=request.POST.get("comment", ""), **asked)
        return _("Taken back: %(file)s\nEverything is as it was before this import.")
    perform(DROP, row, **asked)
    return _("Given up: %(file)s\nNothing of it was written.")


@require_safe
def upload_workbook(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    """The uploaded sheet with the reasons beside its cells."""
    row = _shown(request, kind, pk)
    if not hasattr(row, "workbook"):
        raise Http404
    return download(row.workbook)


@require_safe
def upload_file(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    """The file as it was uploaded."""
    return download(_shown(request, kind, pk))
