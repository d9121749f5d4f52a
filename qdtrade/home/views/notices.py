"""x"""

from django.http import Http404, HttpRequest, HttpResponse


def notices(request: HttpRequest) -> HttpResponse:
    raise Http404
