"""One-time links for people who cannot sign in yet: made for many, shown once, handed over on slips."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qdtrade import clock
from qdtrade.accounts.models import User
from qdtrade.imports.models import Import
from qdtrade.lists import page_of
from qdtrade.posted import ids_of
from qdtrade.programmes.current import programme_to_set_up
from qdtrade.programmes.models import Membership, Programme

from .. import rules
from ..actions.links import make_links

MOST = 100
"""Links that are made at once: as many as a page lists."""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def links(request: HttpRequest) -> HttpResponse:
    """Who of the programme has never signed in; posted, a slip with a link for each of the ticked people."""
    programme = programme_to_set_up(request)
    rules.keeps(programme, request.user)
    people = _people(request, programme)
    if request.method == "POST":
        return _slips(request, programme)
    page = page_of(request, people)
    context = {
        "programme": programme,
        "page": page,
        "people": [(one, _roles(one, programme)) for one in page],
        "of_import": request.GET.get("import", ""),
        "hours": settings.SIGN_IN_LINK_HOURS,
    }
    return render(request, "people/links.html", context)


def _people(request: HttpRequest, programme: Programme) -> Any:
    """Who has a role from today on, and never signed in; those that an import made where the address names one."""
    members = Membership.objects.visible_to(request.user).filter(programme=programme, deputy_of=None)
    members = members.exclude(ends_on__lt=clock.today())
    people = User.objects.visible_to(request.user).filter(is_active=True, last_login=None)
    people = people.filter(pk__in=members.values("user"))
    asked = request.GET.get("import", "")
    if asked.isdecimal() and len(asked) < 19:
        runs = Import.objects.visible_to(request.user).filter(pk=asked, programme=programme)
        made = runs.filter(rows__kind="user", rows__what="made")
        people = people.filter(pk__in=made.values("rows__object_id"))
    return people.exclude(pk=request.user.pk).for_list().in_order()


def _roles(person: User, programme: Programme) -> list[Any]:
    rows = (row for row in person.memberships.all() if row.programme_id == programme.pk)
    return sorted(rows, key=lambda one: one.pk)


def _slips(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The answer holds the links, once; nothing keeps them."""
    ticked = set(ids_of(request.POST, "person"))
    if not ticked:
        raise ValidationError(_("Tick the people who are to get a link."))
    if len(ticked) > MOST:
        raise ValidationError(_("At most %(most)d links at once.") % {"most": MOST})
    people = User.objects.visible_to(request.user).filter(pk__in=ticked).for_list().in_order()
    made = make_links(people, by=request.user)
    slips = [
        (
            slip,
            request.build_absolute_uri(reverse("link", args=[slip.secret])),
            _roles(slip.person, programme),
        )
        for slip in made
        if slip.secret
    ]
    context = {
        "programme": programme,
        "slips": slips,
        "refused": [slip for slip in made if not slip.secret],
        "hours": settings.SIGN_IN_LINK_HOURS,
        "made_at": timezone.now(),
    }
    return render(request, "people/slips.html", context)
