"""The register and the page of a task."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qdtrade import clock
from qdtrade.imports.rules import may_import
from qdtrade.lists import list_page, page_of, pills, query, search_pill
from qdtrade.programmes.current import current_programme
from qdtrade.programmes.listing import opens_in, tools
from qdtrade.programmes.models import Period

from ..filters import TaskFilter
from ..models import Task
from ..register_kind import REGISTER
from . import register_page, screen, task_page

PILLS = ("field", "lead", "status", "report", "overdue", "own_choice")
COUNTED = {"status", "overdue"}
"""Filters that the counts above the list set: the counts themselves leave them out."""


@require_GET
def task_list(request: HttpRequest) -> HttpResponse:
    """The register: where each task stands, the most overdue first."""
    programme = current_programme(request)
    usual = opens_in(request, programme, "tasks")
    if usual is not None:
        return usual
    today = clock.today()
    scope = Task.objects.visible_to(request.user).filter(programme=programme)
    filters = TaskFilter(request.GET, scope, request=request)
    found = filters.rows()
    period = Period.objects.visible_to(request.user).filter(programme=programme).opened_last().first()
    totals = register_page.totals(found, period, request.user)
    ordered = found if request.GET.get("ordering") else found.worst_first(today)
    page = page_of(request, ordered.for_list())
    columns = screen.register_columns(period, request.GET)
    context = tools(request, programme, "tasks", columns, PILLS) | {
        "programme": programme,
        "period": period,
        "page": page,
        "rows": register_page.rows(list(page), period, request.user),
        "totals": totals,
        "counts": _counts(request, scope),
        "search": search_pill(filters.form, "q", _("Code, name, bureau")),
        "pills": pills(filters.form, PILLS),
        "set": filters.in_use().keys() & set(PILLS),
        "export": f"{reverse('tasks_export')}{query(request, programme=programme.code)}",
        "comes_back": True,
        "may_import": may_import(REGISTER, programme, request.user),
        "without": query(request, **dict.fromkeys(filters.in_use().keys() - {"programme"})),
        "now": clock.now(),
    }
    return list_page(request, "tasks/task_list.html", "tasks/_task_rows.html", context)


def _counts(request: HttpRequest, scope: Any) -> list[dict[str, Any]]:
    """The counts above the list: they keep the other filters, and each is a filter itself."""
    data = request.GET.copy()
    for name in COUNTED:
        data.pop(name, None)
    found = register_page.counts(TaskFilter(data, scope, request=request).rows(), clock.today())
    cells = [_cell(request, _("All"), found["all"], {})]
    for state in Task.Status:
        if found[state] or state in {Task.Status.REGISTERED, Task.Status.IN_PROGRESS}:
            cells.append(_cell(request, state.label, found[state], {"status": state.value}, found["all"]))
    cells.append(_cell(request, _("overdue milestone"), found["overdue"], {"overdue": "true"}, found["all"]))
    return cells


def _cell(
    request: HttpRequest, label: Any, count: int, sets: dict[str, str], whole: int = 0
) -> dict[str, Any]:
    now = {name: request.GET[name] for name in COUNTED if request.GET.get(name)}
    return {
        "label": label,
        "count": count,
        "share": round(100 * count / whole, 1) if whole else None,
        "current": now == sets,
        "url": query(request, **{"status": None, "overdue": None, **sets}),
        "alarm": "overdue" in sets and count > 0,
    }


@require_GET
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """What was promised, what happened, what proves it."""
    rows = Task.objects.visible_to(request.user).for_list()
    row = get_object_or_404(rows.select_related("accepted_by", "accepted_for", "facts_period"), pk=pk)
    return render(request, "tasks/task.html", task_page.context(request, row))
