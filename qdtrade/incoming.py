"""What comes in through the API: who asks, how often, how large a body may be, and which part of a list is wanted.

The framework reads these by name from the settings while it builds its own views, so they stand apart from ours.
"""

import json
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import status
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import APIException, AuthenticationFailed, ParseError, PermissionDenied
from rest_framework.pagination import PageNumberPagination
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

LARGEST_PAGE = 100
LARGEST_BODY = 1024 * 1024
FORM_OF_A_FILE = 64 * 1024
"""What a request with a file holds beside the file."""

REALM = 'Bearer realm="qdtrade"'


class SessionDoor(SessionAuthentication):
    """A signed-in browser."""

    def authenticate(self, request: Request) -> Any:
        found = super().authenticate(request)
        if found is None:
            return None
        user = found[0]
        if user.must_change_password:
            raise AuthenticationFailed(_("First set a new password on the page."))
        user.door = "api"
        return found

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied:
            words = _(
                "A change by a browser's session needs the page's CSRF token. Programs send a personal token."
            )
            raise PermissionDenied(words) from None

    def authenticate_header(self, request: Request) -> str:
        """Who is nobody yet is told how to come in (401), not that they may not (403)."""
        return REALM


class ReadOnly(PermissionDenied):
    """A token that only reads was used to change something."""

    auth_header = f'{REALM}, error="insufficient_scope"'

    def __init__(self) -> None:
        super().__init__(_("This token may only read. Make one that may also write, and use it for changes."))


class PersonThrottle(SimpleRateThrottle):
    """How often one person asks, with all tokens and browsers together."""

    scope = "person"

    def get_rate(self) -> str | None:
        return settings.API_RATE

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        key = {"scope": self.scope, "ident": request.user.pk} if request.user else None
        return self.cache_format % key if key else None


class NobodyThrottle(SimpleRateThrottle):
    """How often one address fails to say who it is."""

    scope = "nobody"

    def get_rate(self) -> str | None:
        return settings.API_RATE_NOBODY

    def get_cache_key(self, request: Request, view: Any) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


class TooLarge(APIException):
    """More than the door takes; refused before it is read."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE


class _Bounded:
    """Refuses what is announced as too large."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        self.bound(parser_context)
        return super().parse(stream, media_type, parser_context)  # type: ignore[misc]

    def bound(self, parser_context: Any) -> None:
        length = parser_context["request"].META.get("CONTENT_LENGTH") or "0"
        if int(length) > self.most():
            words = _("This request is larger than the server takes: at most %(most)d kB.")
            raise TooLarge(words % {"most": self.most() // 1024})

    def most(self) -> int:
        return LARGEST_BODY


class JSONBody(_Bounded, JSONParser):
    """A JSON object, in which no name stands twice: two readers would read it in two ways."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        self.bound(parser_context)
        try:
            return json.loads(
                stream.read().decode("utf-8"), object_pairs_hook=_each_once, parse_constant=_no_number
            )
        except json.JSONDecodeError as fault:
            words = _("The body is not JSON: line %(line)d, character %(column)d.")
            raise ParseError(words % {"line": fault.lineno, "column": fault.colno}) from None
        except (ValueError, RecursionError) as fault:
            words = _("The body is not JSON that can be read: not UTF-8, too deep, or a number too long.")
            raise ParseError(str(fault) if isinstance(fault, _Twice) else words) from None


class _Twice(ValueError):
    """A name that stands twice in one object."""


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _Twice(_("The body names “%(name)s” twice. Send it once.") % {"name": name[:60]})
        found[name] = value
    return found


def _no_number(name: str) -> Any:
    raise ValueError(name)


class FileBody(_Bounded, MultiPartParser):
    """A form with a file."""

    def most(self) -> int:
        return int(settings.MAX_FILE_BYTES) + FORM_OF_A_FILE


class Pages(PageNumberPagination):
    """`page` and `page_size`, at most 100 rows; answers count, next, previous and results."""

    page_size = 25
    page_size_query_param = "page_size"
    max_page_size = LARGEST_PAGE

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """For the schema."""
        most = {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": self.page_size}
        return [
            {"in": "query", "name": self.page_query_param, "schema": {"type": "integer", "minimum": 1, "default": 1},
             "description": _("Which page of the list.")},
            {"in": "query", "name": self.page_size_query_param, "schema": most,
             "description": _("How many rows on a page.")},
        ]  # fmt: skip

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
