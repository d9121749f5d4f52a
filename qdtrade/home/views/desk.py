"""The review desk."""

from django.http import Http404, HttpRequest, HttpResponse


def desk(request: HttpRequest) -> HttpResponse:
    raise Http404


def desk_report(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404


def who_is_missing(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404
