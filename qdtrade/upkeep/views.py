"""How the program runs, for administrators."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from . import status as reading
from .rules import reads_status


@require_GET
def status(request: HttpRequest) -> HttpResponse:
    """One page, read at this moment."""
    reads_status(request.user)
    return render(request, "upkeep/status.html", {"status": reading.status(request.user)})
