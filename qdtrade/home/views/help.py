"""x"""

from django.http import Http404, HttpRequest, HttpResponse


def help_page(request: HttpRequest) -> HttpResponse:
    raise Http404
