"""Which programme a page is about: the address, else the profile, else the newest (DECISIONS 2)."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from . import held
from .models import Programme, Role


def programmes_of(user: Any) -> list[Programme]:
    """The programmes that the person is a member of today, newest first; no query beyond the memberships'."""
    found = {membership.programme_id: membership.programme for membership in held.held_by(user)}
    return sorted(found.values(), key=lambda programme: (programme.starts_on, programme.code), reverse=True)


def find(request: HttpRequest) -> Programme | None:
    """The programme of this request, or None for a person without any; raises Http404 for one they may not see."""
    mine = programmes_of(request.user)
    asked = request.GET.get("programme", "")
    if asked:
        for programme in mine:
            if programme.code == asked:
                return programme
        raise Http404
    kept = getattr(request.user, "current_programme", "")
    return next((programme for programme in mine if programme.code == kept), mine[0] if mine else None)


def current_programme(request: HttpRequest) -> Programme:
    """The programme of this request; raises Http404 for a person who is a member of none."""
    programme = find(request)
    if programme is None:
        raise Http404
    return programme


def programme_to_set_up(request: HttpRequest) -> Programme:
    """The programme of this request; the server's administrator, who is a member of none, may name any of them."""
    code = request.GET.get("programme", "")
    if not getattr(request.user, "is_superuser", False) or code in {
        one.code for one in programmes_of(request.user)
    }:
        return current_programme(request)
    rows = Programme.objects.visible_to(request.user).select_related("region").in_order()
    programme = (rows.filter(code=code) if code else rows).first()
    if programme is None:
        raise Http404
    return programme


def roles_in(user: Any, programme: Programme | None) -> set[str]:
    """The roles that the person holds there today."""
    return set() if programme is None else {m.role for m in held.held_in(user, programme.pk)}


def reviews(user: Any, programme: Programme | None) -> bool:
    """Whether the person is a reviewer there: pages offer the desk to them alone."""
    return Role.MANAGER in roles_in(user, programme)


def looks_after(user: Any) -> bool:
    """Whether the person administers a programme, or the server: they see how the program runs."""
    runs_server = bool(getattr(user, "is_active", False) and user.is_superuser)
    return runs_server or bool(held.programme_ids(user, [Role.ADMIN]))


def records_of(user: Any, programme: Programme, **asked: object) -> str:
    """The way to the records with these filters; empty for whoever does not read the programme's records whole."""
    if not roles_in(user, programme) & {Role.MANAGER, Role.AUDITOR, Role.ADMIN}:
        return ""
    return f"{reverse('records')}?{urlencode({'programme': programme.code, **asked})}"
