"""What a person needs to know to use the program, on one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from qdtrade.programmes import current


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """The cycle of a report, the rules of time of this programme, and the keys."""
    return render(request, "home/help.html", {"programme": current.find(request)})
