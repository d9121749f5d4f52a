"""The records."""

from django.http import Http404, HttpRequest, HttpResponse


def records(request: HttpRequest) -> HttpResponse:
    raise Http404


def records_export(request: HttpRequest) -> HttpResponse:
    raise Http404
