"""Signing in and out."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from qdtrade.web import is_ours, refused_page

from .. import actions, demo, links, presence
from ..forms import LostPasswordForm, NewPasswordForm, SignInForm
from ..models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"
CHOSEN_COOKIE = "language_chosen"
"""Beside the language's own cookie while nobody is signed in: who sits here now chose it, not who sat here before."""
CHOSEN_SECONDS = 600


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form, and in the demo the accounts with one button each."""
    if request.user.is_authenticated:
        return redirect(_following(request))
    form = SignInForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _entered(request, form.get_user(), _following(request))
    context = {
        "form": form,
        "next": _following(request),
        "accounts": demo.accounts(),
        "pitch": demo.pitch(),
        "who_helps": settings.WHO_HELPS,
        "by_mail": settings.MAIL_ON,
    }
    return render(request, "accounts/sign_in.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@sensitive_post_parameters()
@never_cache
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """A one-time link: looking at it uses nothing up, for chat programs look too; setting the password does."""
    found = links.link_of(secret)
    if found is None:
        words = _(
            "It was used already, a newer one was made, or it has expired. If you have set a password, sign in with "
            "it; else ask an administrator of your programme for a new link."
        )
        return refused_page(request, 410, _("This link no longer works"), [words, settings.WHO_HELPS])
    form = NewPasswordForm(found.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = actions.use_link(secret, form.cleaned_data["new_password1"])
        user.backend = BACKEND
        return _entered(request, user, reverse(settings.LOGIN_REDIRECT_URL))
    context = {"form": form, "person": found.user, "expires_at": found.expires_at}
    return render(request, "accounts/link.html", context)  # 200 always: a 400 is logged with its address


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def lost_password(request: HttpRequest) -> HttpResponse:
    """Ask for a sign-in link by mail; the answer is the same whatever was written."""
    form = LostPasswordForm(request.POST or None)
    asked = request.method == "POST" and form.is_valid()
    if asked:
        actions.ask_for_link(form.cleaned_data["account"])
    context = {
        "form": form,
        "asked": asked,
        "by_mail": settings.MAIL_ON,
        "who_helps": settings.WHO_HELPS,
        "hours": settings.SIGN_IN_LINK_HOURS,
    }
    return render(request, "accounts/lost_password.html", context, status=400 if form.errors else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; whoever comes to this machine next begins in its first language."""
    if isinstance(request.user, User):
        actions.sign_out_noted(request.user)
    logout(request)
    response = redirect("sign_in")
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Switch the language, and remember it with the person."""
    language = request.POST.get("language", "")
    response = redirect(_following(request))
    if language not in dict(settings.LANGUAGES):
        return response
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax")
    if isinstance(request.user, User):
        actions.set_language(request.user, language)
    else:
        response.set_cookie(CHOSEN_COOKIE, language, CHOSEN_SECONDS, samesite="Lax", httponly=True)
    return response


def _entered(request: HttpRequest, user: User, following: str) -> HttpResponse:
    """A new session under a new key, recorded, in the person's language."""
    before = user.last_login
    login(request, user)
    presence.begin(request)
    user.door = "page"
    actions.sign_in_noted(user, before=before)
    _take_choice_along(request, user)
    response = redirect(following)
    response.delete_cookie(CHOSEN_COOKIE)
    if user.language:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
    else:  # the choice of whoever sat here before is not theirs
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response


def _take_choice_along(request: HttpRequest, user: User) -> None:
    """A language chosen on the way in is the person's own choice, the latest."""
    chosen = request.COOKIES.get(CHOSEN_COOKIE, "")
    if chosen in dict(settings.LANGUAGES):
        actions.set_language(user, chosen)
        user.language = chosen


def _following(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if is_ours(wanted) else reverse(settings.LOGIN_REDIRECT_URL)
