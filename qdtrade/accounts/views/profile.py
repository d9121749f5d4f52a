"""A person's own account: how they are reached, what they may do, their password and where they are signed in."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from qdtrade import clock
from qdtrade.web import done

from .. import actions, agents
from ..forms import ContactForm, MailsForm, PasswordForm
from ..models import Session, User


@dataclass(frozen=True)
class Place:
    """Where the person is signed in, in words."""

    session: Session
    device: str
    is_this: bool


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def profile(request: Any) -> HttpResponse:
    """Everything about the account; a POST changes how the person is reached."""
    user: User = request.user
    if "mails" in request.POST:
        return _choose_mails(request)
    form = ContactForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        actions.change_contact(user, by=user, **form.cleaned_data)
        return done(request, _("Your mail address and telephone number are kept."), "profile")
    sessions = Session.objects.visible_to(user).valid_at(timezone.now()).in_order()
    memberships = user.memberships.select_related("programme", "bureau", "deputy_of__user")
    context = {
        "person": user,
        "form": form,
        "mails": MailsForm(initial={"mails": user.mails}),
        "mail_hours": settings.MAIL_HOURS if settings.MAIL_ON else None,
        "digest_at": settings.DIGEST_AT,
        "memberships": memberships.order_by("-starts_on", "-pk"),
        "today": clock.today(),
        "places": [_place(session, request) for session in sessions[:50]],
        "idle_minutes": settings.SESSION_COOKIE_AGE // 60,
        "session_hours": settings.SESSION_HOURS,
    }
    return render(request, "accounts/profile.html", context, status=400 if form.errors else 200)


def _choose_mails(request: Any) -> HttpResponse:
    """Keep the choice; a value that is none of the choices says so and changes nothing."""
    form = MailsForm(request.POST)
    if not form.is_valid():
        raise ValidationError({"mails": form.errors["mails"]})
    actions.set_mails(request.user, form.cleaned_data["mails"])
    return done(request, _("Your choice of mails is kept."), "profile")


def _place(session: Session, request: HttpRequest) -> Place:
    is_this = session.session_key == request.session.session_key
    return Place(session, agents.in_words(session.agent), is_this)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@never_cache
def password(request: Any) -> HttpResponse:
    """Another password: this session goes on, all others end."""
    form = PasswordForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        was_first = request.user.must_change_password
        new = form.cleaned_data["new_password1"]
        changed = actions.change_password(
            request.user, new, by=request.user, keep=request.session.session_key
        )
        update_session_auth_hash(request, changed)
        words = _("Your password has changed.\nOther devices have been signed out.")
        return done(request, words, "my_work" if was_first else "profile")
    context = {"form": form, "is_first": request.user.must_change_password}
    return render(request, "accounts/password.html", context, status=400 if form.errors else 200)


@require_POST
def sessions_end(request: Any) -> HttpResponse:
    """End one session, or all but this one."""
    asked = request.POST.get("session", "")
    if not asked:
        keep = request.session.session_key
        count = actions.end_sessions(request.user, by=request.user, keep=keep)
        words = ngettext(
            "Signed out on %(count)d other device.", "Signed out on %(count)d other devices.", count
        )
        return done(request, words % {"count": count}, "profile")
    mine = Session.objects.visible_to(request.user)
    found = next((session for session in mine if session.handle == asked), None)
    if found is None:
        raise Http404
    actions.end_session(found, by=request.user)
    if found.session_key == request.session.session_key:
        logout(request)
        return redirect("sign_in")
    return done(request, _("That device has been signed out."), "profile")
