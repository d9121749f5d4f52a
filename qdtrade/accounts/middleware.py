"""What every request passes: who is there, who must sign in, and who must first set a password of their own."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from qdtrade.web import refused_page

from . import presence
from .models import Session

OPEN_TO_NEWCOMERS = {"password", "sign_out", "set_language", "sign_in", "link"}
"""What a person may reach who must first set a password of their own."""


class PresenceMiddleware:
    """Notes, once a minute at most, that the person's session is in use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        presence.note(request)
        return response


class SignedInMiddleware(LoginRequiredMiddleware):
    """Leads to the sign-in page and back, and says why a session has ended.

    A part of a page is not answered with a page: a list is loaded again after the sign-in, and a form is told in place
    that what was typed has not been taken.
    """

    sync_capable = True
    async_capable = False

    def handle_no_permission(self, request: Any, view_func: Any) -> Any:
        reason = why_ended(request)
        if not request.htmx:
            if reason:
                messages.info(request, reason)
            return super().handle_no_permission(request, view_func)
        words = _(
            "What you typed here was not taken. Sign in on another tab, then come back and send it again."
        )
        response = refused_page(request, 401, _("You are no longer signed in"), [words])
        if request.method == "GET":
            query = urlencode({"next": request.htmx.current_url_abs_path or "/"})
            response["HX-Redirect"] = f"{reverse(settings.LOGIN_URL)}?{query}"
        return response


def why_ended(request: HttpRequest) -> str:
    """Why the session whose cookie was sent no longer holds; empty for a browser that had none."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    if not key:
        return ""
    session = Session.objects.filter(pk=key).first()
    if session is None or session.user_id is None:
        return _("You are no longer signed in.\nThe session was ended, here or from another device.")
    if session.is_too_old():
        words = _("You were signed out.\nA session lasts %(hours)d hours at most.")
        return words % {"hours": settings.SESSION_HOURS}
    words = _(
        "You were signed out.\nNothing was done for %(minutes)d minutes. Sign in to go on where you were."
    )
    return words % {"minutes": settings.SESSION_COOKIE_AGE // 60}


class OwnPasswordMiddleware:
    """Leads a person with a first password to the page that sets their own; the API refuses them itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.url_name in OPEN_TO_NEWCOMERS or "api" in match.namespaces:
            return None
        if not getattr(request.user, "must_change_password", False):
            return None
        return redirect("password")
