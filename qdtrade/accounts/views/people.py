"""The people whom an administrator looks after, and what is done for their accounts."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from qdtrade import clock
from qdtrade.lists import list_page, page_of, pills, query, search_pill
from qdtrade.web import done

from .. import actions, locks, rules
from ..care import ACTS, Row, offers
from ..filters import PeopleFilter
from ..models import User

IN_A_ROW = ("unlock", "link")
"""What a row of the list offers; the person's own page offers all."""


@require_GET
@never_cache
def people(request: HttpRequest) -> HttpResponse:
    """The people of the administrator's programmes."""
    rules.keeps_people(request.user)
    visible = User.objects.visible_to(request.user)
    filters = PeopleFilter(request.GET, visible.for_list().in_order(), request=request)
    page = page_of(request, filters.rows())
    locked = locks.locked(person.username for person in page)
    rows = [Row(person, locked.get(person.username)) for person in page]
    context = {
        "page": page,
        "rows": [(row, offers(row, request.user, IN_A_ROW)) for row in rows],
        "search": search_pill(filters.form, "search", _("Name, account or bureau")),
        "pills": pills(filters.form, ["state"]),
        "set": bool(request.GET.get("state")),
        "without": query(request, search=None, state=None),
        "programme": request.GET.get("programme", ""),
        "total": visible.count(),
    }
    return list_page(request, "accounts/people.html", "accounts/_people_rows.html", context)


@require_GET
@never_cache
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's account."""
    return _page(request, _found(request, pk))


@require_POST
@never_cache
def person_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Do one thing for the account; a link is shown in the answer, once, and nowhere else."""
    if act not in ACTS:
        raise Http404
    someone = _found(request, pk)
    if act == "link":
        secret = actions.make_link(someone, by=request.user)
        address = request.build_absolute_uri(reverse("link", args=[secret]))
        return _page(request, someone, address=address, hours=settings.SIGN_IN_LINK_HOURS)
    words = DO[act](someone, request)
    return done(request, words % {"person": someone}, "person", pk)


def _found(request: HttpRequest, pk: int) -> User:
    rules.keeps_people(request.user)
    return get_object_or_404(User.objects.visible_to(request.user).for_list(), pk=pk)


def _page(request: HttpRequest, someone: User, **more: Any) -> HttpResponse:
    row = Row(someone, locks.locked([someone.username]).get(someone.username))
    sessions = someone.sessions.valid_at(timezone.now()).count()
    context = {
        "row": row,
        "person": someone,
        "offers": [(offer, ACTS[offer.name].does) for offer in offers(row, request.user)],
        "memberships": sorted(someone.memberships.all(), key=lambda one: one.starts_on, reverse=True),
        "today": clock.today(),
        "sessions": sessions,
        **more,
    }
    return render(request, "accounts/person.html", context)


def _unlock(someone: User, request: Any) -> str:
    actions.unlock(someone, by=request.user)
    return _("%(person)s is unlocked and may try again.")


def _mail_link(someone: User, request: Any) -> str:
    actions.mail_link(someone, by=request.user)
    return _("A sign-in link goes to %(person)s by mail.")


def _sign_out(someone: User, request: Any) -> str:
    actions.end_sessions(someone, by=request.user)
    return _("%(person)s has been signed out on every device.")


def _close(someone: User, request: Any) -> str:
    actions.close_account(someone, by=request.user, comment=request.POST.get("comment", ""))
    return _("The account of %(person)s is closed.")


def _open(someone: User, request: Any) -> str:
    actions.open_account(someone, by=request.user)
    return _("The account of %(person)s is open again.")


DO = {"unlock": _unlock, "mail_link": _mail_link, "sign_out": _sign_out, "close": _close, "open": _open}
