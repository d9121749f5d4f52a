"""The door to the past: `?as_of=` on a page, an endpoint or a file that has one."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from qdtrade.audit import past
from qdtrade.errors import WrongState
from qdtrade.problems import MEDIA_TYPE, problem_response
from qdtrade.programmes.held import held_by, programme_ids
from qdtrade.web import refused_page

from . import links, moments
from .mending import HELD
from .moments import AS_OF, AsOf
from .pages import has_past
from .tables import shadows

SAFE = {"GET", "HEAD", "OPTIONS"}
HEADER = "As-Of"
"""Says on an answer of which moment it is, in UTC."""


class PastMiddleware:
    """Answers a request that names a moment from the records; refuses it where there is no past, and every change."""

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        if AS_OF not in request.GET:
            return self.get_response(request)
        try:
            asked = self._asked(request)
        except (ValidationError, WrongState) as fault:
            return _refused(request, fault)
        return _answer(request, asked, self.get_response)

    def _asked(self, request: HttpRequest) -> AsOf:
        if request.method not in SAFE:
            raise WrongState(_("Nothing can be changed in the past. Go back to now, then do it."))
        if not has_past(request.path_info):
            words = _("This page has no past: it is about what is to be done now. Leave out the day.")
            raise ValidationError({AS_OF: words})
        return moments.read(request.GET[AS_OF])


def _refused(request: HttpRequest, fault: ValidationError | WrongState) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        answer = problem_response(fault, {})
        return JsonResponse(answer.data, status=answer.status_code, content_type=MEDIA_TYPE)
    if isinstance(fault, WrongState):
        return refused_page(request, fault.status, fault.title, [str(fault)])
    return refused_page(request, 400, _("This day cannot be shown"), fault.messages)


def _answer(request: HttpRequest, asked: AsOf, get_response: Callable[[HttpRequest], Any]) -> Any:
    rest = request.GET.copy()
    del rest[AS_OF]
    request.GET = rest  # type: ignore[assignment]
    request.as_of = asked  # type: ignore[attr-defined]
    look = _look(asked, request)
    with past.at(look):
        answer = get_response(request)
    answer.headers[HEADER] = asked.moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    if answer.headers.get("Location"):
        address = links.kept_in_address(answer.headers["Location"], request.path, asked.text)
        answer.headers["Location"] = address
    if isinstance(answer, StreamingHttpResponse):
        if not isinstance(answer, FileResponse):  # a file is made by now; anything else is still to be read
            pieces: Any = answer.streaming_content
            answer.streaming_content = _later(pieces, _look(asked, request, look.viewer))
    elif answer.headers.get("Content-Type", "").startswith("text/html"):
        answer.content = links.kept_in(answer.content.decode(), request.path, asked.text)
    return answer


def _look(asked: AsOf, request: HttpRequest, viewer: Any = None) -> past.Past:
    """A look at the moment by the person of a browser; the API says who it is when it knows."""
    person = viewer or (request.user if request.user.is_authenticated else None)
    return past.Past(asked.moment, shadows(), _scopes, viewer=person)


def _scopes(look: past.Past) -> Iterable[int]:
    """The programmes in which the person holds a role today."""
    if look.viewer is None:
        return []
    look.known[HELD] = [membership.pk for membership in held_by(look.viewer)]
    return programme_ids(look.viewer)


def _later(pieces: Iterable[bytes], look: past.Past) -> Iterator[bytes]:
    """The pieces of a file that is sent while it is written, each read from the past."""
    with past.at(look):
        yield from pieces
