"""The first page: what this person must do now, by role."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from qdtrade.accounts.actions import set_current_programme
from qdtrade.programmes import current
from qdtrade.programmes.models import Programme, Role

from ..work import absence, beside, breaking, signing
from ..work.parts import Work, address
from ..work.periods import Periods, periods_of
from ..work.reading import administering, auditing, waiting_for_a_role
from ..work.reviewing import Reviewing
from ..work.writing import Writing

WRITERS = {Role.STAFF, Role.HEAD}
BY_ROLE: dict[str, Callable[[Any, Programme, Periods], Work]] = {
    Role.MANAGER: lambda user, programme, periods: Reviewing(user, programme, periods).work(),
    Role.AUDITOR: auditing,
    Role.ADMIN: administering,
}


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """Everything that the person's roles bring, the writing first."""
    user = request.user
    programme = current.find(request)
    roles = current.roles_in(user, programme)
    if programme is None or not roles:
        return render(request, "home/my_work.html", {"work": waiting_for_a_role()})
    periods = periods_of(programme, user)
    context: dict[str, Any] = {
        "work": Work(),
        "programme": programme,
        "periods": periods,
        "absences": absence.sentences(user, programme),
    }
    if roles & WRITERS:
        writing = Writing(user, programme, periods)
        context["work"].join(writing.work())
        context["work"].join(breaking.claiming(user, programme, periods))
        context["work"].join(signing.carrying(user, programme, periods))
        context |= {
            "all_tasks": all_tasks(programme, writing.bureaus),
            "changes": beside.changes(user, programme, writing.bureaus),
            "bars": beside.timeliness(user, periods.opened, writing.bureaus),
        }
    for role, build in BY_ROLE.items():
        if role in roles:
            context["work"].join(build(user, programme, periods))
    if Role.MANAGER in roles:
        context["work"].join(breaking.deciding(user, programme, periods))
        context["work"].join(signing.confirming(user, programme, periods))
    context["work"].light_up()
    return render(request, "home/my_work.html", context)


def all_tasks(programme: Programme, bureaus: list[Any]) -> str:
    """The register, cut to what the person's bureau leads where it is one."""
    lead = {"lead": bureaus[0].code} if len(bureaus) == 1 else {}
    return address("task_list", programme, **lead)


@require_POST
def programme_switch(request: HttpRequest) -> HttpResponse:
    """Remember which programme the person works in."""
    code = request.POST.get("programme", "")
    programme = next((one for one in current.programmes_of(request.user) if one.code == code), None)
    if programme is None:
        raise Http404
    set_current_programme(request.user, programme.code)  # type: ignore[arg-type]
    return redirect(address("my_work", programme))
