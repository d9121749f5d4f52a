"""Registers as files that leave."""

from django.http import Http404, HttpRequest, HttpResponse


def tasks_export(request: HttpRequest) -> HttpResponse:
    raise Http404


def reports_export(request: HttpRequest) -> HttpResponse:
    raise Http404


def expected_reports_export(request: HttpRequest) -> HttpResponse:
    raise Http404
