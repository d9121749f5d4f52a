"""The page door: which door a request came through, how a refusal looks, and small answers that pages share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from .errors import Refusal, Words, busy, is_locked
from .workflow import Move, is_for, why_not


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
        return self.get_response(request)

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
    came_from = request.META.get("HTTP_REFERER", "")
    if status != 404 and _is_ours(request, came_from):
        context |= {"url": came_from, "label": _("Back")}
    template = "parts/_refused.html" if getattr(request, "htmx", False) else "refused.html"
    return render(request, template, context, status=status)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Says the same whether a thing does not exist or may not be seen."""
    reason = _(
        "Both cases read the same, so that nothing is given away. Check the code, or ask whoever sent the link."
    )
    return refused_page(request, 404, _("There is no such page, or you may not see it"), [reason])


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refused_page(request, 403, _("You may not do this"), [str(exception or "")])


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refused_page(request, 400, _("This request could not be understood"), [])


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or came from elsewhere."""
    words = _(
        "The page was open for too long, or you signed in elsewhere. Go back, reload the page and send it again."
    )
    return refused_page(request, 403, _("This form has expired"), [words])


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours; the template needs no database."""
    return HttpResponseServerError(render_to_string("500.html"))


def done(request: HttpRequest, words: str, then: str, *args: object) -> HttpResponse:
    """Say what was done and go on: to `next` where the form named a page of ours, else to the named view."""
    messages.success(request, words)
    following = request.POST.get("next", "")
    return redirect(following) if _is_ours(request, following) else redirect(then, *args)


def _is_ours(request: HttpRequest, url: str) -> bool:
    return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())


def seen_version(request: HttpRequest) -> int | None:
    """The version of the row that the form was opened on, from its hidden field."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


@dataclass(frozen=True)
class Offer:
    """A move as a page shows it: open, or greyed with its reason."""

    name: str
    label: Words
    open: bool
    reason: str
    needs_comment: bool
    url: str


def offers(row: Any, moves: dict[str, Move], user: Any, url_name: str) -> dict[str, Offer]:
    """The moves that are this person's business, by name; `url_name` takes the row's id and the move's name."""
    found = {}
    for move in moves.values():
        if is_for(move, row, user):
            reason = why_not(move, row, user)
            url = reverse(url_name, args=[row.pk, move.name])
            found[move.name] = Offer(move.name, move.label, not reason, reason, move.needs_comment, url)
    return found
