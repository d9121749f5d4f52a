"""x"""

from django.http import Http404, HttpRequest, HttpResponse


def my_work(request: HttpRequest) -> HttpResponse:
    raise Http404


def programme_switch(request: HttpRequest) -> HttpResponse:
    raise Http404
