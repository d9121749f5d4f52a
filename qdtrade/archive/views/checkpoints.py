"""Checkpoints: the list, and the sheet of one to print and keep elsewhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from qdtrade.lists import page_of
from qdtrade.programmes.current import current_programme

from .. import rules, shown


@require_safe
def checkpoint_list(request: HttpRequest) -> HttpResponse:
    """Newest first."""
    programme = current_programme(request)
    rules.reads_proof(programme, request.user)
    page = page_of(request, shown.checkpoints().defer("line"))
    return render(request, "archive/checkpoints.html", {"programme": programme, "page": page})


@require_safe
def checkpoint(request: HttpRequest, pk: int) -> HttpResponse:
    """One sheet: what was signed, when, and with which key."""
    programme = current_programme(request)
    rules.reads_proof(programme, request.user)
    row = get_object_or_404(shown.checkpoints(), pk=pk)
    return render(
        request, "archive/checkpoint.html", {"programme": programme} | shown.sheet(row, request.user)
    )
