"""Who has not reported yet."""
from django.http import Http404, HttpRequest, HttpResponse
def who_is_missing(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404
