"""The page door: which door a request came through, how a refusal looks, and small answers that pages share."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFilesSent,
    ValidationError,
)
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from qdtrade.posted import number_of

from .errors import Busy, Refusal, Words, busy, is_locked
from .problems import SOON
from .workflow import Move, is_for, perform, why_not


class DoorMiddleware:
    """Marks the person of every page request as acting through a page; the API says its own name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            request.user.door = "page"
        return self.get_response(request)


class RefusalMiddleware:
    """Answers a refusal that a page raised with a page, or for htmx with a message, that says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content and not request.path.startswith("/api/"):
            return not_by_address(request, response)
        return response

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """The page for a refusal, a named error or a busy database; None leaves other faults to Django."""
        if is_locked(fault):
            fault = busy()
        if isinstance(fault, Refusal):
            return refused_page(request, fault.status, fault.title, [str(fault)])
        if isinstance(fault, ValidationError):
            return refused_page(request, 400, _("Something is missing or wrong"), fault.messages)
        return None


def refused_page(request: HttpRequest, status: int, title: str, reasons: list[str]) -> HttpResponse:
    """The page, or the message alone for htmx, that says what was not done and why."""
    context = {"title": title, "reasons": reasons, "status": status}
    came_from = _came_from(request)
    if status != 404 and came_from:
        context |= {"url": came_from, "label": _("Back")}
    if status == Busy.status:
        context |= _to_send_again(request)
    template = "parts/_refused.html" if getattr(request, "htmx", False) else "refused.html"
    page = render(request, template, context, status=status)
    if status == Busy.status:
        page.headers["Retry-After"] = SOON
    return page


def _to_send_again(request: HttpRequest) -> dict[str, Any]:
    """What was posted, so that one click sends the same again: a busy database loses nothing that was typed.

    Not where a password is among it: that never goes back into a page.
    """
    if request.method != "POST" or any("password" in name for name in request.POST):
        return {}
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    again = [(name, value) for name, value in sent if name != "csrfmiddlewaretoken"]
    return {"is_post": True, "again": again, "had_files": bool(request.FILES)}


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Says the same whether a thing does not exist or may not be seen."""
    reason = _(
        "Both cases read the same, so that nothing is given away. Check the code, or ask whoever sent the link."
    )
    return refused_page(request, 404, _("There is no such page, or you may not see it"), [reason])


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refused_page(request, 403, _("You may not do this"), [str(exception or "")])


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What no form of ours sends, or more than one may hold."""
    if isinstance(exception, RequestDataTooBig):
        words = _("The texts together are larger than the server takes. Nothing was saved; shorten them.")
        return refused_page(request, 413, _("Too large"), [words])
    if isinstance(exception, TooManyFilesSent):
        words = _("At most %(most)d files go in at once. Nothing was saved; send the others afterwards.")
        return refused_page(
            request, 400, _("Too many files"), [words % {"most": settings.DATA_UPLOAD_MAX_NUMBER_FILES}]
        )
    words = _(
        "Nothing was changed. Check the address, or go back and try again; if it happens twice, tell the system "
        "administrator what you did."
    )
    return refused_page(request, 400, _("This request could not be understood"), [words])


def not_by_address(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """An address that only a button leads to, opened by itself: after signing in again, or out of the history."""
    words = _(
        "This address belongs to a button, and nothing was changed by opening it. If you had just signed in again, "
        "what you sent before was not saved: go back to the page, and press its button once more."
    )
    page = refused_page(request, 405, _("Nothing can be shown here"), [words])
    page.headers["Allow"] = refused.headers.get("Allow", "")
    return page


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or came from elsewhere."""
    words = _(
        "The page was open for too long, or you signed in elsewhere. Go back, reload the page and send it again."
    )
    return refused_page(request, 403, _("This form has expired"), [words])


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours, or a database that was busy before or after the page's own part; neither template asks it."""
    fault = sys.exc_info()[1]
    if isinstance(fault, Exception) and is_locked(fault):
        page = render_to_string("busy.html")
        return HttpResponse(page, status=Busy.status, headers={"Retry-After": SOON})
    return HttpResponseServerError(render_to_string("500.html"))


def done(request: HttpRequest, words: str, then: str, *args: object) -> HttpResponse:
    """Say what was done and go on: to `next` where the form named a page of ours, else to the named view."""
    messages.success(request, words)
    following = request.POST.get("next", "")
    return redirect(following) if is_ours(following) else redirect(then, *args)


def is_ours(path: str) -> bool:
    """Whether an address that a request names is a path of this site: nobody is sent to another one."""
    return path.startswith("/") and url_has_allowed_host_and_scheme(path, None)


def _came_from(request: HttpRequest) -> str:
    """The page of ours that the request says it came from, if it says so."""
    try:
        hosts = {request.get_host()}
    except DisallowedHost:
        return ""
    came_from = request.META.get("HTTP_REFERER", "")
    ours = url_has_allowed_host_and_scheme(came_from, hosts, require_https=request.is_secure())
    return came_from if ours else ""


def seen_version(request: HttpRequest) -> int | None:
    """The version of the row that the form was opened on, from its hidden field."""
    return number_of(request.POST.get("version", ""))


def make_move(request: HttpRequest, move: Move, row: Any, **given: Any) -> Any:
    """Make the move that a button asked for, with its comment, on the version of the row that its page showed."""
    said = request.POST.get("comment", "")
    return perform(move, row, by=request.user, comment=said, seen=seen_version(request), **given)


@dataclass(frozen=True)
class Offer:
    """A move as a page shows it: open, or greyed with its reason."""

    name: str
    label: Words
    open: bool
    reason: str
    needs_comment: bool
    url: str
    asks: Words = ""


def offers(row: Any, moves: dict[str, Move], user: Any, url_name: str) -> dict[str, Offer]:
    """The moves that are this person's business, by name; `url_name` takes the row's id and the move's name."""
    found = {}
    for move in moves.values():
        if is_for(move, row, user):
            reason = why_not(move, row, user)
            url = reverse(url_name, args=[row.pk, move.name])
            found[move.name] = Offer(
                move.name, move.label, not reason, reason, move.needs_comment, url, move.asks
            )
    return found
