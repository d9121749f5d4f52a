"""The register and the page of a task."""

from django.http import Http404, HttpRequest, HttpResponse


def task_list(request: HttpRequest) -> HttpResponse:
    raise Http404


def task(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404


def report_list(request: HttpRequest) -> HttpResponse:
    raise Http404
