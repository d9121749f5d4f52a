"""The register and the page of a task."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qdtrade import clock
from qdtrade.imports.rules import may_import
from qdtrade.lights import filters as lights
from qdtrade.lists import list_page, page_of, pills, query, search_pill
from qdtrade.programmes.current import current_programme
from qdtrade.programmes.listing import opens_in, tools
from qdtrade.programmes.models import Period

from .. import beside
from ..filters import TaskFilter
from ..models import Task
from ..register_kind import REGISTER
from ..sorting import riskiest_first
from . import register_page, screen, task_page

PILLS = ("field", "lead", "light", "status", "report", "overdue", "own_choice")
"""Those of apps above come after them."""


@require_GET
def task_list(request: HttpRequest) -> HttpResponse:
    """The register: where each task stands, the worst light first."""
    programme = current_programme(request)
    usual = opens_in(request, programme, "tasks")
    if usual is not None:
        return usual
    scope = Task.objects.visible_to(request.user).filter(programme=programme).with_light()
    filters = TaskFilter(request.GET, scope, request=request)
    found = filters.rows()
    period = Period.objects.visible_to(request.user).filter(programme=programme).opened_last().first()
    totals = register_page.totals(found, period, request.user)
    ordered = found if request.GET.get("ordering") else riskiest_first(found)
    page = page_of(request, ordered.for_list())
    lit = lights.count(_without_light(request, scope))
    columns = screen.register_columns(period, request.GET)
    offered = (*PILLS, *beside.COLUMNS)
    context = tools(request, programme, "tasks", columns, offered) | {
        "programme": programme,
        "period": period,
        "page": page,
        "rows": register_page.rows(list(page), period, request.user),
        "totals": totals,
        "light_cells": lights.cells(request, lit),
        "light_total": lights.count(found) if request.GET.get("light") else lit,
        "light_span": len(columns.names & {"light", "self_light", "late"}),
        "lights_on": lit.on,
        "search": search_pill(filters.form, "q", _("Code, name, bureau")),
        "pills": pills(filters.form, offered),
        "set": filters.in_use().keys() & set(offered),
        "export": f"{reverse('tasks_export')}{query(request, programme=programme.code)}",
        "comes_back": True,
        "may_import": may_import(REGISTER, programme, request.user),
        "without": query(request, **dict.fromkeys(filters.in_use().keys() - {"programme"})),
        "now": clock.now(),
    }
    return list_page(request, "tasks/task_list.html", "tasks/_task_rows.html", context)


def _without_light(request: HttpRequest, scope: Any) -> Any:
    """The rows that the other filters leave: the counts of lights are filters themselves."""
    data = request.GET.copy()
    data.pop("light", None)
    return TaskFilter(data, scope, request=request).rows()


@require_GET
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """What was promised, what happened, what proves it."""
    rows = Task.objects.visible_to(request.user).with_light().for_list()
    row = get_object_or_404(rows.select_related("accepted_by", "accepted_for", "facts_period"), pk=pk)
    return render(request, "tasks/task.html", task_page.context(request, row))
