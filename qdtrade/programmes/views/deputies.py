"""The page of deputies: those who act for you, those you act for, and for an administrator everybody's."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qdtrade import clock
from qdtrade.errors import NotAllowed
from qdtrade.lists import page_of
from qdtrade.templatetags import days
from qdtrade.web import done

from .. import actions, current, rules
from ..covering import could_stand_in
from ..forms import DeputyForm
from ..models import Membership, Programme


@require_http_methods(["GET", "HEAD", "POST"])
def deputies(request: HttpRequest) -> HttpResponse:
    """The list, and the form that appoints one: first for which role, then whom, and from when to when."""
    programme = current.current_programme(request)
    mine = Membership.objects.visible_to(request.user).filter(programme=programme)
    roles = list(mine.that_have_deputies(clock.today()))
    chosen = _chosen(request, roles)
    form = _form(request, chosen)
    if request.method == "POST" and form.is_valid():
        answer = _appoint(request, chosen, form)
        if answer is not None:
            return answer
    page = page_of(request, mine.of_deputies())
    context = {
        "programme": programme,
        "page": page,
        "rows": [(row, _state(row), rules.may_cover(row, request.user)) for row in page],
        "roles": roles,
        "chosen": chosen,
        "form": form,
        "most": rules.LONGEST_ABSENCE,
    }
    return render(request, "programmes/deputies.html", context, status=400 if form.errors else 200)


def _chosen(request: HttpRequest, roles: list[Membership]) -> Membership | None:
    """The role that the address or the form names, else the only one there is."""
    asked = request.POST.get("membership") or request.GET.get("for", "")
    if request.method == "POST" and not roles:
        raise NotAllowed(_("Bureau heads and reviewers appoint their deputies, and administrators for them."))
    if asked:
        found = next((role for role in roles if str(role.pk) == asked), None)
        if found is None and roles:
            raise Http404
        return found
    return roles[0] if len(roles) == 1 else None


def _form(request: HttpRequest, chosen: Membership | None) -> DeputyForm:
    """The form for this role; without one it can choose nobody."""
    today = clock.today()
    people = could_stand_in(chosen, today, today).on(today).with_people() if chosen is not None else ()
    others = [one for one in people if one.user_id != request.user.pk]
    return DeputyForm(request.POST if request.method == "POST" else None, people=others, today=today)


def _appoint(request: HttpRequest, chosen: Membership | None, form: DeputyForm) -> HttpResponse | None:
    """The way on; nothing where the act was refused and the form says why."""
    assert chosen is not None  # without a role the form's list of people is empty
    try:
        row = actions.appoint_deputy(chosen, form.deputy_chosen(), by=request.user, **form.said())
    except ValidationError as fault:
        form.mark(fault)
        return None
    words = _("%(deputy)s acts for %(absent)s from %(start)s to %(end)s.\nBoth have been told.")
    said = {
        "deputy": row.user,
        "absent": row.absent,
        "start": days.iso(row.starts_on),
        "end": days.iso(row.ends_on),
    }
    return done(request, words % said, _address(row.programme))


@require_POST
def deputy_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a deputy act no longer."""
    rows = Membership.objects.visible_to(request.user).of_deputies()
    row = get_object_or_404(rows, pk=pk)
    actions.end_deputy(row, by=request.user, reason=request.POST.get("comment", ""))
    words = _("%(deputy)s acts for %(absent)s no longer.") % {"deputy": row.user, "absent": row.absent}
    return done(request, words, _address(row.programme))


def _address(programme: Programme) -> str:
    return f"{reverse('deputies')}?programme={programme.code}"


def _state(row: Membership) -> tuple[str, Any]:
    """The state of a deputy's time: to come, now, or over."""
    today = clock.today()
    if row.starts_on > today:
        return "planned", _("to come")
    if not row.is_held_on(today):
        return "expired", _("over")
    return "live", _("now")
