"""The API door: who comes in, how lists are cut, filtered and ordered, and how a move is made."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import status
from rest_framework.authentication import BasicAuthentication, SessionAuthentication
from rest_framework.exceptions import APIException
from rest_framework.filters import OrderingFilter
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import ReadOnlyModelViewSet

from .workflow import Move, is_for, perform, why_not

LARGEST_PAGE = 100


class SessionDoor(SessionAuthentication):
    """A signed-in browser."""

    def authenticate(self, request: Request) -> Any:
        found = super().authenticate(request)
        if found is not None:
            found[0].door = "api"
        return found


class PasswordDoor(BasicAuthentication):
    """A program that sends account and password with each call, over HTTPS."""

    www_authenticate_realm = "qdtrade"

    def authenticate(self, request: Request) -> Any:
        found = super().authenticate(request)
        if found is not None:
            found[0].door = "api"
        return found


class Pages(PageNumberPagination):
    """`page` and `page_size`, at most 100 rows; answers count, next, previous and results."""

    page_size = 25
    page_size_query_param = "page_size"
    max_page_size = LARGEST_PAGE


class ListFilter(DjangoFilterBackend):
    """The list's FilterSet, the same that the page and the export use; an unknown value is a named error."""


class ListOrder(OrderingFilter):
    """`ordering=field,-other` over the fields that the view names, always ended by the row's id."""

    ordering_param = "ordering"

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> Any:
        asked = request.query_params.get(self.ordering_param, "")
        allowed = set(getattr(view, "ordering_fields", ()))
        unknown = [name for name in asked.split(",") if name and name.lstrip("-") not in allowed]
        if unknown:
            words = _("These cannot be ordered by: %(names)s. Possible: %(possible)s.")
            raise ValidationError(
                {"ordering": words % {"names": ", ".join(unknown), "possible": ", ".join(sorted(allowed))}}
            )
        return super().get_ordering(request, queryset, view)

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        ordering = self.get_ordering(request, queryset, view)
        if not ordering or not request.query_params.get(self.ordering_param):
            return queryset.in_order() if hasattr(queryset, "in_order") else queryset.order_by("pk")
        return queryset.order_by(*ordering, "pk")


class PreconditionRequired(APIException):
    """A change must say which version it was made on."""

    status_code = 428
    default_detail = "If-Match is required."
    default_code = "precondition_required"


def etag(version: int) -> str:
    return f'"{version}"'


def seen_version(request: Request, *, required: bool = False) -> int | None:
    """The row's version from If-Match; raises PreconditionRequired where it must be there and is not."""
    text = request.headers.get("If-Match", "").removeprefix("W/").strip('"')
    if text.isdecimal() and len(text) < 10:
        return int(text)
    if required or text not in {"", "*"}:
        raise PreconditionRequired(_("Send the ETag of the version you changed in If-Match."))
    return None


class ScopedViewSet(ReadOnlyModelViewSet[Any]):
    """A read-only list of what the person may see; 404 outside it. Moves are explicit actions of the subclass."""

    def scoped(self) -> QuerySet[Any]:
        """Everything the person may see, with what a row needs."""
        raise ImproperlyConfigured(f"{type(self).__name__} must say what a person may see.")

    def get_queryset(self) -> QuerySet[Any]:
        return self.scoped()

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        row = self.get_object()
        return self._answer(row)

    def _answer(self, row: Any, code: int = status.HTTP_200_OK) -> Response:
        serializer: BaseSerializer[Any] = self.get_serializer(row)
        headers = {"ETag": etag(row.version)} if hasattr(row, "version") else {}
        return Response(serializer.data, status=code, headers=headers)

    def _perform(self, move: Move, **data: Any) -> Response:
        """Make one move on the row of the URL and answer with the row as it is afterwards."""
        row = self.get_object()
        comment = self.request.data.get("comment", "")
        if not isinstance(comment, str):
            raise ValidationError({"comment": _("Write the reason as text.")})
        perform(move, row, by=self.request.user, comment=comment, seen=seen_version(self.request), **data)
        return self._answer(self.scoped().get(pk=row.pk))


def moves_of(row: Any, moves: dict[str, Move], user: Any) -> list[dict[str, Any]]:
    """The moves that are this person's business: name, label, whether open, and the reason where not."""
    answer = []
    for move in moves.values():
        if is_for(move, row, user):
            reason = why_not(move, row, user)
            answer.append({"name": move.name, "label": str(move.label), "open": not reason, "reason": reason})
    return answer
