"""What comes in through the API: who asks, how large a body may be, and which part of a list is wanted.

The framework reads these by name from the settings while it builds its own views, so they stand apart from ours.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import status
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import APIException
from rest_framework.pagination import PageNumberPagination
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request

LARGEST_PAGE = 100
LARGEST_BODY = 1024 * 1024
FORM_OF_A_FILE = 64 * 1024
"""What a request with a file holds beside the file."""

REALM = 'Basic realm="qdtrade", charset="UTF-8"'


class SessionDoor(SessionAuthentication):
    """A signed-in browser."""

    def authenticate(self, request: Request) -> Any:
        found = super().authenticate(request)
        if found is not None:
            found[0].door = "api"
        return found

    def authenticate_header(self, request: Request) -> str:
        """Who is nobody yet is told how to come in (401), not that they may not (403)."""
        return REALM


class TooLarge(APIException):
    """More than the door takes; refused before it is read."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE


class _Bounded:
    """Refuses what is announced as too large."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        length = parser_context["request"].META.get("CONTENT_LENGTH") or "0"
        if int(length) > self.most():
            words = _("This request is larger than the server takes: at most %(most)d kB.")
            raise TooLarge(words % {"most": self.most() // 1024})
        return super().parse(stream, media_type, parser_context)  # type: ignore[misc]

    def most(self) -> int:
        return LARGEST_BODY


class JSONBody(_Bounded, JSONParser):
    """A JSON object."""


class FormBody(_Bounded, FormParser):
    """A form."""


class FileBody(_Bounded, MultiPartParser):
    """A form with a file."""

    def most(self) -> int:
        return int(settings.MAX_FILE_BYTES) + FORM_OF_A_FILE


class Pages(PageNumberPagination):
    """`page` and `page_size`, at most 100 rows; answers count, next, previous and results."""

    page_size = 25
    page_size_query_param = "page_size"
    max_page_size = LARGEST_PAGE

    def get_page_size(self, request: Request) -> int | None:
        asked = request.query_params.get(self.page_size_query_param, "")
        if asked and not (asked.isascii() and asked.isdecimal() and len(asked) < 10 and int(asked)):
            raise ValidationError({self.page_size_query_param: _("Give a number from 1 to 100.")})
        return super().get_page_size(request)


class ListFilter(DjangoFilterBackend):
    """The list's FilterSet, the same that the page and the export use, with its ordering.

    A value that makes no sense and a parameter that no filter knows are errors: a misspelt filter must not answer
    with everything.
    """

    paging = ("page", "page_size", "format")

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        if view.action != "list":
            return queryset
        filters = self.get_filterset(request, queryset, view)
        unknown = sorted(request.query_params.keys() - filters.filters.keys() - set(self.paging))
        if unknown:
            words = _("There is no such filter. Possible: %(names)s.") % {
                "names": ", ".join(sorted(filters.filters))
            }
            raise ValidationError(dict.fromkeys(unknown, words))
        found: QuerySet[Any] = filters.rows()
        return found
