"""The API door: which version a change rests on, how a move is made, and how a row is answered."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db.models import QuerySet
from django.http import Http404
from django.utils import translation
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers, status
from rest_framework.exceptions import (
    APIException,
    AuthenticationFailed,
    NotAuthenticated,
    NotFound,
    Throttled,
)
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ReadOnlyModelViewSet

from qdtrade.audit import past

from .errors import Stale, Words
from .incoming import NobodyThrottle
from .workflow import LONGEST_COMMENT, Move, is_for, perform, why_not

BEFORE_DIGEST = "-"
DIGITS = 16
"""How much of a content's SHA-256 stands in its ETag, behind the version."""


class PreconditionRequired(APIException):
    """A change must say which version it was made on."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_detail = "If-Match is required."
    default_code = "precondition_required"


@extend_schema_field(serializers.ListField(child=serializers.CharField()))
class SampleFields(serializers.JSONField):
    """The names of what is invented about a row, where not all of it is."""


class OfferSerializer(serializers.Serializer[Any]):
    """A move that is this person's business, as a row shows it."""

    name = serializers.CharField()
    label = serializers.CharField(  # type: ignore[assignment]
        help_text=gettext_lazy("As the button on the page says it.")
    )
    url = serializers.URLField(help_text=gettext_lazy("Where to POST."))
    open = serializers.BooleanField(help_text=gettext_lazy("Whether it is possible now."))
    reason = serializers.CharField(help_text=gettext_lazy("Why it is not; empty where it is."))
    needs_comment = serializers.BooleanField(help_text=gettext_lazy("Whether a reason must be given."))


class MoveBody(serializers.Serializer[Any]):
    """What every move takes."""

    comment = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=LONGEST_COMMENT,
        help_text=gettext_lazy("The reason; some moves need one."),
    )


def lists(every: Words, one: Words, description: Words = "") -> Callable[[Any], Any]:
    """Tells the schema what a list holds, and what one row of it is."""
    return extend_schema_view(
        list=extend_schema(summary=every, description=description), retrieve=extend_schema(summary=one)
    )


def makes(move: Move, description: Words, body: Any = MoveBody) -> Callable[[Any], Any]:
    """Tells the schema of an address that makes this move."""
    return extend_schema(summary=move.label, description=description, request=body)


class Door(APIView):
    """What every address of the API does, whatever it holds."""

    def perform_authentication(self, request: Request) -> None:
        """Whoever asks for the past sees of it what they may see today, so the look must know who it is."""
        super().perform_authentication(request)
        look = past.current()
        if look is not None:
            look.seen_by(request.user)

    def handle_exception(self, exc: Exception) -> Response:
        """Whoever fails to say who they are is counted by address: no known person is slowed down by strangers."""
        if isinstance(exc, NotAuthenticated | AuthenticationFailed):
            throttle = NobodyThrottle()
            if not throttle.allow_request(self.request, self):
                exc = Throttled(throttle.wait())
        return super().handle_exception(exc)

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Which methods there are stands in Allow; everything else about them is in the schema."""
        return Response(status=status.HTTP_204_NO_CONTENT)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """What a person may see is kept by no proxy and no browser, and speaks the person's language."""
        answered = super().finalize_response(request, response, *args, **kwargs)
        if isinstance(answered, Response) and answered.status_code >= 400:
            answered.accepted_renderer = JSONRenderer()  # whatever was asked for, a problem is JSON
        answered.headers.setdefault("Cache-Control", "no-store")
        answered.headers["Content-Language"] = translation.get_language()
        if answered.status_code in {200, 201} and hasattr(answered, "add_post_render_callback"):
            answered.add_post_render_callback(lambda rendered: _tagged(request, rendered))
        return answered


def _tagged(request: Request, answer: Response) -> None:
    """Name what was answered: version and content. Whoever names it in If-None-Match has it and gets 304 alone.

    The content is part of the name, since a row may read differently without a new version: its moves open and close
    with the time of day.
    """
    version = answer.headers.get("ETag", "").strip('"')
    digest = hashlib.sha256(answer.content).hexdigest()[:DIGITS]
    tag = f'"{version}{BEFORE_DIGEST}{digest}"' if version else f'"{digest}"'
    answer.headers["ETag"] = tag
    if request.method in {"GET", "HEAD"} and has_already(request, tag):
        answer.status_code = status.HTTP_304_NOT_MODIFIED
        answer.content = b""
        del answer.headers["Content-Type"]


def has_already(request: Request, tag: str) -> bool:
    """Whether If-None-Match names what would be answered."""
    known = {known.removeprefix("W/") for known in parse_etags(request.headers.get("If-None-Match", ""))}
    return bool(known & {tag, "*"})


class AnyKind(JSONRenderer):
    """For what is no JSON: whatever kind the program asks for, it gets the bytes; a refusal stays JSON."""

    media_type = "*/*"


class ScopedViewSet(Door, ReadOnlyModelViewSet[Any]):
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
        tags = {tag.strip().removeprefix("W/").strip('"') for tag in header.split(",")}
        named = {tag.partition(BEFORE_DIGEST)[0] for tag in tags}
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

    def read(self, form: type[serializers.Serializer[Any]], **kwargs: Any) -> dict[str, Any]:
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


class NoSuchAddress(Door):
    """Every address under /api/ that is none: a problem in the API's own shape, for whoever asks."""

    authentication_classes: tuple[Any, ...] = ()
    permission_classes: tuple[Any, ...] = ()
    throttle_classes: tuple[Any, ...] = ()
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if not request.path.endswith("/"):
            raise NotFound(_("There is no such address. Every address of the API ends with a slash."))
        raise Http404
