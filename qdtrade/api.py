"""The API door: which version a change rests on, how a move is made, and how a row is answered."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException, NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView
from rest_framework.viewsets import ReadOnlyModelViewSet

from .errors import Stale
from .workflow import Move, is_for, perform, why_not


class PreconditionRequired(APIException):
    """A change must say which version it was made on."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_detail = "If-Match is required."
    default_code = "precondition_required"


class ScopedViewSet(ReadOnlyModelViewSet[Any]):
    """A read-only list of what the person may see; 404 outside it. Moves are explicit actions of the subclass."""

    lookup_value_regex = "[0-9]+"

    def scoped(self) -> QuerySet[Any]:
        """Everything the person may see, in the list's order, with what a row needs."""
        raise ImproperlyConfigured(f"{type(self).__name__} must say what a person may see.")

    def get_queryset(self) -> QuerySet[Any]:
        return self.scoped()

    def tag(self, row: Any) -> str:
        """What stands for the row's version in ETag and If-Match."""
        return str(row.version)

    def matches(self, row: Any, *, required: bool = False) -> bool:
        """Whether the change names the version that it rests on.

        Raises Stale for another version than the row's, and PreconditionRequired where one must be named.
        """
        header = self.request.headers.get("If-Match", "").strip()
        if header in {"", "*"}:
            if required:
                raise PreconditionRequired(_("Send the ETag of the version you changed in If-Match."))
            return False
        named = {tag.strip().removeprefix("W/").strip('"') for tag in header.split(",")}
        if self.tag(row) not in named:
            words = _("%(object)s changed after you loaded it. Load it again, then decide.")
            raise Stale(words % {"object": row})
        return True

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.answer(self.get_object())

    def answer(self, row: Any, code: int = status.HTTP_200_OK) -> Response:
        """The row, with its version where it has one."""
        headers = {"ETag": f'"{self.tag(row)}"'} if hasattr(row, "version") else {}
        return Response(self.get_serializer(row).data, status=code, headers=headers)

    def again(self, pk: int) -> Response:
        """The row as it is after a change."""
        return self.answer(self.scoped().get(pk=pk))

    def read(self, form: type[Serializer[Any]], **kwargs: Any) -> dict[str, Any]:
        """What the body says, of the fields that `form` names; anything else in it is not looked at."""
        serializer = form(data=self.request.data, context=self.get_serializer_context(), **kwargs)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def perform_move(self, move: Move, row: Any = None, **data: Any) -> Response:
        """Make one move on the row of the URL and answer with the row as it is afterwards."""
        row = row or self.get_object()
        seen = row.version if self.matches(row) else None
        perform(move, row, by=self.request.user, comment=self.comment(), seen=seen, **data)
        return self.again(row.pk)

    def comment(self) -> str:
        """The reason that the person gives."""
        body = self.request.data
        comment = body.get("comment", "") if hasattr(body, "get") else None
        if not isinstance(comment, str):
            raise ValidationError({"comment": _("Write the reason as text.")})
        return comment

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """What a person may see is kept by no proxy and no browser."""
        answered = super().finalize_response(request, response, *args, **kwargs)
        answered.headers.setdefault("Cache-Control", "no-store")
        return answered


def only_known(body: Any, known: Iterable[str]) -> None:
    """Raise ValidationError that names what a change may not touch: status, author and the like are never taken."""
    unknown = sorted(set(body) - set(known)) if hasattr(body, "keys") else []
    if unknown:
        raise ValidationError(dict.fromkeys(unknown, _("This cannot be changed here.")))


def moves_of(row: Any, moves: dict[str, Move], user: Any, url: str = "") -> list[dict[str, Any]]:
    """The moves that are this person's business: name, label, address, whether open, and the reason where not."""
    answer = []
    for move in moves.values():
        if is_for(move, row, user):
            reason = why_not(move, row, user)
            answer.append(
                {
                    "name": move.name,
                    "label": str(move.label),
                    "url": f"{url}{move.name.replace('_', '-')}/",
                    "open": not reason,
                    "reason": reason,
                    "needs_comment": move.needs_comment,
                }
            )
    return answer


class NoSuchAddress(APIView):
    """Every address under /api/ that is none: a problem in the API's own shape, for whoever asks."""

    authentication_classes: tuple[Any, ...] = ()
    permission_classes: tuple[Any, ...] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if not request.path.endswith("/"):
            raise NotFound(_("There is no such address. Every address of the API ends with a slash."))
        raise Http404
