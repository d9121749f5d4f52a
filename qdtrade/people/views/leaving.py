"""Somebody leaves: what waits for them, who takes over, and one act that ends it all."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qdtrade import clock
from qdtrade.accounts import rules as accounts_rules
from qdtrade.accounts.models import User
from qdtrade.programmes.models import Membership
from qdtrade.web import done

from ..actions.leaving import kept_programmes, leave
from ..forms import LeavingForm
from ..heirs import ending, heirs, is_last_of_bureau
from ..open_work import PersonalWork, of_membership

FIRST = 10


@dataclass(frozen=True)
class Waiting:
    """One kind of work that waits for the person: how much, and the first of it as name and address."""

    work: PersonalWork
    count: int
    first: list[tuple[str, str]]


@dataclass(frozen=True)
class Role:
    """A role that would end: what waits, who could take over, and whether nobody would be left."""

    membership: Membership
    waiting: list[Waiting]
    heir: Any
    has_heirs: bool
    leaves_nobody: bool


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def leaving(request: HttpRequest, pk: int) -> HttpResponse:
    """What would end and what waits; then the act itself."""
    accounts_rules.keeps_people(request.user)
    person = get_object_or_404(User.objects.visible_to(request.user).for_list(), pk=pk)
    accounts_rules.unlocks(person, request.user)
    today = clock.today()
    last = _day(request) or today
    kept = kept_programmes(person, request.user)
    rows = [row for row in ending(person, min(last, today)) if row.programme_id in kept]
    others = {row.pk: list(heirs(row, last)) for row in rows}
    data = request.POST if request.method == "POST" else None
    form = LeavingForm(data, today=last, colleagues=[(row, others[row.pk]) for row in rows])
    if request.method == "POST" and form.is_valid() and (answer := _leave(request, person, form)):
        return answer
    context = {
        "person": person,
        "form": form,
        "roles": [_role(request, row, form, others[row.pk], last) for row in rows],
        "last": last,
        "elsewhere": [row for row in ending(person, last) if row.programme_id not in kept],
        "programme": request.GET.get("programme", ""),
    }
    return render(request, "people/leaving.html", context, status=400 if form.errors else 200)


def _day(request: HttpRequest) -> Any:
    text = (request.POST if request.method == "POST" else request.GET).get("last_on", "")
    try:
        return parse_date(text)
    except ValueError:
        return None


def _leave(request: HttpRequest, person: User, form: LeavingForm) -> HttpResponse | None:
    given = form.cleaned_data
    try:
        leave(
            person,
            by=request.user,
            last_on=given["last_on"],
            comment=given["comment"],
            to=form.heirs(),
        )
    except ValidationError as fault:
        form.mark(fault)
        return None
    return done(request, _("%(person)s leaves.") % {"person": person}, "person", person.pk)


def _role(
    request: HttpRequest, row: Membership, form: LeavingForm, others: list[Membership], last: Any
) -> Role:
    found = []
    for work in of_membership(row):
        rows = work.rows(row)
        seen = rows.filter(pk__in=rows.model._default_manager.visible_to(request.user).values("pk"))
        first = [(str(one), work.address(one)) for one in seen[:FIRST]]
        if count := rows.count():
            found.append(Waiting(work, count, first))
    return Role(row, found, form.heir_of(row), bool(others), is_last_of_bureau(row, last))
