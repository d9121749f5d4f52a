"""The list of signed projects, the page of one, and the forms by which they are registered and changed."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qdtrade import clock
from qdtrade.errors import refusal_of
from qdtrade.imports.rules import may_import
from qdtrade.lights import filters as lights
from qdtrade.lists import lean_page_of, list_page, pills, query, search_pill
from qdtrade.programmes.columns import chosen
from qdtrade.programmes.current import current_programme, reviews
from qdtrade.programmes.listing import opens_in, tools
from qdtrade.programmes.models import Programme
from qdtrade.web import done, make_move, seen_version

from .. import lagging, rate_showing, rules, showing, sums, workflow
from ..actions import register as actions
from ..filters import ProjectFilter
from ..forms import ProjectForm
from ..models import Project
from ..project_kind import PROJECTS
from . import above, project_page, rates, register_page, screen

PILLS = (*above.PILLS, "light", "status", "waiting", "behind", "stalled")
SET_BY_FIGURES = (
    "passed", "passed_from", "passed_to", "money", "money_from", "money_to", "signed_from", "signed_to", "ended",
    "countable", "no_event", "partner", "task", "sample",
)  # fmt: skip
"""Filters that figures lead to: their pills stand there while they are set, so that a cut list says how."""

DONE = {
    "terminate": gettext_lazy("Terminated: %(project)s\nIt stays in its cohort and in every denominator."),
    "remove": gettext_lazy("Removed: %(project)s\nIt stays in its cohort and in every denominator."),
    "reinstate": gettext_lazy("Reinstated: %(project)s\nIt is updated from the next period that opens."),
}


@require_GET
def project_list(request: HttpRequest) -> HttpResponse:
    """What was signed and how far it has come, the worst light first."""
    programme = current_programme(request)
    usual = opens_in(request, programme, "projects")
    if usual is not None:
        return usual
    today = clock.today()
    scope = Project.objects.visible_to(request.user).filter(programme=programme)
    filters = ProjectFilter(request.GET, scope.with_money().with_light(), request=request)
    found = filters.rows()
    ordered = found if request.GET.get("ordering") else found.worst_first(today)
    page = lean_page_of(request, ordered, lambda ids: _whole(ids, request.user, today))
    counts, totals, lit = sums.counts(found, today), sums.totals(found), lights.count(found)
    columns = chosen(screen.PROJECT_COLUMNS, request.GET)
    names = (*PILLS, *(name for name in SET_BY_FIGURES if request.GET.get(name)))
    context = tools(request, programme, "projects", columns, names) | {
        "programme": programme,
        "page": page,
        "rows": showing.rows(list(page), today),
        "totals": totals,
        "light_total": lit,
        "lights_on": lit.on,
        "light_span": len(columns.names & {"light", "late"}),
        "foot": rate_showing.at_foot(programme, found, today),
        "asked_of_rates": _asked_of_rates(request, programme),
        "parts": register_page.sentence(request, totals, counts),
        "funnel": above.funnel(above.Meant(request, programme), today),
        "ways": above.ways(request, programme, "project_list"),
        "search": search_pill(filters.form, "q", _("Code, name, carrier, partner")),
        "pills": pills(filters.form, names),
        "set": filters.in_use().keys() & set(names),
        "export": f"{reverse('projects_export')}{query(request, programme=programme.code)}",
        "comes_back": True,
        "may_import": may_import(PROJECTS, programme, request.user),
        "may_register": not refusal_of(lambda: rules.runs_programme(programme, request.user)),
        "to_decide": counts["waiting"] if reviews(request.user, programme) else 0,
        "is_narrowed": bool(filters.in_use().keys() - {"programme"}),
        "without": query(request, **dict.fromkeys(filters.in_use().keys() - {"programme"})),
        "now": clock.now(),
    }
    return list_page(request, "projects/project_list.html", "projects/_project_rows.html", context)


def _asked_of_rates(request: HttpRequest, programme: Programme) -> str:
    """The address's own cohort, for the pages of rates."""
    kept = {name: value for name in rates.PILLS if (value := request.GET.get(name))}
    return f"?{urlencode({'programme': programme.code, **kept})}"


def _whole(ids: list[int], user: Any, today: datetime.date) -> list[Project]:
    """The rows of one page, with all that a row shows."""
    rows = Project.objects.visible_to(user).filter(pk__in=ids)
    return list(lagging.with_lags(rows.with_light().for_list(), today))


def shown(request: HttpRequest, pk: int) -> Project:
    rows = Project.objects.visible_to(request.user).with_light().for_list().with_tasks(request.user)
    return get_object_or_404(lagging.with_lags(rows, clock.today()), pk=pk)


@require_GET
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of this signing."""
    return render(request, "projects/project.html", project_page.context(request, shown(request, pk)))


@require_http_methods(["GET", "HEAD", "POST"])
def project_register(request: HttpRequest) -> HttpResponse:
    """A form for a project as it was signed; a refused one says why, and keeps what was typed."""
    programme = current_programme(request)
    rules.runs_programme(programme, request.user)
    form = ProjectForm(request.POST or None, programme=programme, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.register_project(programme, by=request.user, **form.values(), **form.links())
        except ValidationError as fault:
            form.mark(fault)
        else:
            words = _("Registered: %(project)s\nIts carrier proposes the gates that it passes.")
            return done(request, words % {"project": row}, "project", row.pk)
    context = {"programme": programme, "form": form}
    return _form(request, context)


@require_http_methods(["GET", "HEAD", "POST"])
def project_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The same form with what is there; state, gates and money are not changed here."""
    row = shown(request, pk)
    rules.runs_programme(row.programme, request.user)
    form = ProjectForm(request.POST or None, programme=row.programme, user=request.user, project=row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_project(
                row, form.values(), by=request.user, seen=seen_version(request),
                comment=form.cleaned_data["comment"], **form.links(),
            )  # fmt: skip
        except ValidationError as fault:
            form.mark(fault)
        else:
            return done(request, _("Changed: %(project)s") % {"project": row}, "project", row.pk)
    context = {"programme": row.programme, "project": row, "form": form}
    return _form(request, context)


def _form(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    status = 400 if context["form"].errors else 200
    return render(request, "projects/project_form.html", context, status=status)


@require_POST
def project_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Terminate, remove, reinstate."""
    if move not in workflow.PROJECT_MOVES:
        raise Http404
    row = get_object_or_404(Project.objects.visible_to(request.user).for_move(), pk=pk)
    moved = make_move(request, workflow.PROJECT_MOVES[move], row, on=_day(request.POST.get("on", "")))
    return done(request, DONE[move] % {"project": moved}, "project", row.pk)


def _day(text: str) -> datetime.date | None:
    """The day that the form names; today where it names none."""
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ValidationError({"on": _("Write the day like 2021-09-28.")}) from None
