"""The list of breakthroughs with the curve of the year, the page of one, and its moves."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from qdtrade import clock
from qdtrade.errors import refusal_of
from qdtrade.lists import list_page, page_of, pills, query, search_pill
from qdtrade.programmes.columns import chosen
from qdtrade.programmes.current import current_programme, reviews
from qdtrade.programmes.listing import opens_in, tools
from qdtrade.web import done, make_move

from .. import drawn, rules, screen, workflow
from ..curve import curve
from ..filters import BreakthroughFilter
from ..models import Breakthrough
from . import page

PILLS = ("status", "level", "field", "bureau", "year")
SET_BY_FIGURES = ("counted", "to_claim", "recognised_from", "recognised_to", "task", "sample")
"""Filters that figures lead to: their pills stand there while they are set, so that a cut list says how."""

DONE = {
    "withdraw": gettext_lazy("Withdrawn: %(row)s\nWhat you wrote is kept for the next time."),
    "return": gettext_lazy("Returned: %(row)s\nThe bureau has been told what is to be completed."),
    "recognise": gettext_lazy("Recognised: %(row)s\nIt counts to the target from today."),
    "not_recognise": gettext_lazy("Not recognised: %(row)s\nWith a new effect it may be claimed again."),
    "revoke": gettext_lazy("Revoked: %(row)s\nThe curve is restated; both counts stay to be seen."),
    "take_off": gettext_lazy("Taken off the list: %(row)s"),
}


@require_GET
def breakthrough_list(request: HttpRequest) -> HttpResponse:
    """What was recognised, what is claimed and what is hoped for, below the curve of the year."""
    programme = current_programme(request)
    usual = opens_in(request, programme, "breakthroughs")
    if usual is not None:
        return usual
    scope = Breakthrough.objects.visible_to(request.user).of_programme(programme)
    filters = BreakthroughFilter(request.GET, scope, request=request)
    found = filters.rows()
    if not request.GET.get("ordering"):
        found = found.in_order()
    rows = page_of(request, found.for_move())
    columns = chosen(screen.BREAKTHROUGH_COLUMNS, request.GET)
    names = (*PILLS, *(name for name in SET_BY_FIGURES if request.GET.get(name)))
    year = int(filters.form.cleaned_data.get("year") or clock.today().year)
    stand = curve(programme, year, user=request.user)
    context = tools(request, programme, "breakthroughs", columns, names) | {
        "programme": programme,
        "page": rows,
        "rows": list(rows),
        "curve": stand,
        "picture": drawn.of_year(stand),
        "search": search_pill(filters.form, "q", _("Code, task, bureau, what is new")),
        "pills": pills(filters.form, names),
        "set": filters.in_use().keys() & set(names),
        "export": f"{reverse('breakthroughs_export')}{query(request, programme=programme.code)}",
        "to_decide": stand.claimed if reviews(request.user, programme) else 0,
        "may_set": not refusal_of(lambda: rules.runs_programme(programme, request.user)),
        "is_narrowed": bool(filters.in_use().keys() - {"programme"}),
        "without": query(request, **dict.fromkeys(filters.in_use().keys() - {"programme"})),
        "now": clock.now(),
    }
    return list_page(
        request, "breakthroughs/breakthrough_list.html", "breakthroughs/_breakthrough_rows.html", context
    )


def shown(request: HttpRequest, pk: int) -> Breakthrough:
    """The breakthrough, where the person may see it."""
    return get_object_or_404(Breakthrough.objects.visible_to(request.user).for_list(), pk=pk)


@require_GET
def breakthrough(request: HttpRequest, pk: int) -> HttpResponse:
    """What it claims, how far it is, and what became of it."""
    return render(request, "breakthroughs/breakthrough.html", page.context(request, shown(request, pk)))


@require_POST
def breakthrough_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Withdraw, return, recognise, not recognise, revoke, drop; a claim and a case have forms of their own."""
    if move not in DONE:
        raise Http404
    row = shown(request, pk)
    try:
        moved = make_move(request, workflow.BREAKTHROUGH_MOVES[move], row, **_given(request, move))
    except ValidationError as fault:
        context = page.context(request, row) | {"faults": fault.messages}
        return render(request, "breakthroughs/breakthrough.html", context, status=400)
    return done(request, DONE[move] % {"row": moved}, "breakthrough", row.pk)


def _given(request: HttpRequest, move: str) -> dict[str, Any]:
    return {"level": request.POST.get("level", "")} if move == "recognise" else {}
