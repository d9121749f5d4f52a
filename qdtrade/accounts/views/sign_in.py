"""Signing in and out."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from .. import actions, demo
from ..forms import SignInForm
from ..models import User


@require_http_methods(["GET", "POST"])
@login_not_required
@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form, and in the demo the accounts with one button each."""
    if request.user.is_authenticated:
        return redirect(_following(request))
    form = SignInForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.get_user()
        before = user.last_login
        login(request, user)
        user.door = "page"
        actions.sign_in_noted(user, before=before)
        return _with_language(redirect(_following(request)), user)
    if request.method == "POST":
        actions.failed_sign_in_noted(request.POST.get("username", ""), door="page")
    context = {
        "form": form,
        "next": _following(request),
        "accounts": demo.accounts(),
        "pitch": demo.pitch(),
    }
    return render(request, "accounts/sign_in.html", context, status=400 if form.errors else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if isinstance(request.user, User):
        actions.sign_out_noted(request.user)
    logout(request)
    return redirect("sign_in")


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Switch the language, and remember it with the person."""
    language = request.POST.get("language", "")
    if isinstance(request.user, User) and language in dict(settings.LANGUAGES):
        actions.set_language(request.user, language)
    return set_language(request)


def _following(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else reverse(settings.LOGIN_REDIRECT_URL)


def _with_language(response: HttpResponse, user: User) -> HttpResponse:
    """The language that the person chose before, on whichever machine."""
    if user.language:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
    return response
