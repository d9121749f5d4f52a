"""The responsibility page: bureaus by what they lead and hold, the chain below each lead, and the parts of one task."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.lists import SIZES, as_listed, pills, query
from qdtrade.posted import ids_of
from qdtrade.programmes.current import current_programme, roles_in
from qdtrade.programmes.exports import Column, Table, file_of
from qdtrade.programmes.models import Export, Period, Programme, Role

from .. import chain, responsibility
from ..chain import Branch
from ..filters import ResponsibilityFilter
from ..models import Part, Task
from ..responsibility import Scope
from . import part_tree
from .responsibility_cells import HELD, HELD_TOO, LED, LED_TOO, Counts, cells, counts, shown

PILLS = ("period", "field", "kind")
MOST_TASKS = 100
"""Tasks that can be chosen for the tree of one; the register leads to the others."""


@require_GET
def responsibility_page(request: HttpRequest) -> HttpResponse:
    """Who owes how much, across and down."""
    programme = current_programme(request)
    filters = _filters(request, programme)
    scope = _scope(request, programme, filters)
    bureaus = Bureau.objects.visible_to(request.user)
    region = {one.pk: one for one in bureaus.of_region(programme.region_id)}
    wanted = set(filters.rows().values_list("pk", flat=True))
    found = responsibility.lines(scope, [bureau for pk, bureau in region.items() if pk in wanted])
    page = Paginator(found, _size(request)).get_page(request.GET.get("page"))
    totals = responsibility.totals(scope)
    opened = _opened(request)
    context = {
        "programme": programme,
        "period": scope.period,
        "led": shown(LED, totals),
        "held": shown(HELD, totals),
        "page": page,
        "rows": [(line, cells(scope, line.figures, totals, line.bureau)) for line in page],
        "totals": totals,
        "may_remind": Role.MANAGER in roles_in(request.user, programme),
        "sums": cells(scope, totals, totals),
        "steps": _steps(request, scope, chain.chain(scope, region, opened), opened),
        "chain_sum": counts(scope, chain.chain_sum(totals)),
        "region": region[programme.region_id],
        "all_open": opened is None,
        "one": _one_task(request, scope),
        "pills": pills(filters.form, PILLS),
        "set": filters.in_use().keys() & set(PILLS),
        "now": clock.now(),
        "export": f"{reverse('responsibility_export')}{query(request, programme=programme.code)}",
        "all_leads": _opening(request, "all"),
    }
    return render(request, "tasks/responsibility.html", context)


def _filters(request: HttpRequest, programme: Programme) -> ResponsibilityFilter:
    rows = Bureau.objects.visible_to(request.user).of_region(programme.region_id).in_order()
    return ResponsibilityFilter(request.GET, rows, request=request)


def _scope(request: HttpRequest, programme: Programme, filters: ResponsibilityFilter) -> Scope:
    filters.rows()
    asked = filters.form.cleaned_data
    period = asked.get("period")
    if period is None:
        period = Period.objects.visible_to(request.user).filter(programme=programme).opened_last().first()
    return Scope(request.user, programme, period, asked.get("field"))


def _size(request: HttpRequest) -> int:
    sizes = {str(size): size for size in SIZES}
    return sizes.get(request.GET.get("page_size", ""), SIZES[1])


def _opened(request: HttpRequest) -> set[int] | None:
    """The leads whose line is opened; None for all of them."""
    return None if "all" in request.GET.getlist("open") else set(ids_of(request.GET, "open"))


@dataclass(frozen=True)
class Step:
    """A line of the chain with its counts, and the address that opens or closes what is below it."""

    branch: Branch
    counts: Counts
    toggle: str


def _steps(request: HttpRequest, scope: Scope, branches: list[Branch], opened: set[int] | None) -> list[Step]:
    every = {one.bureau.pk for one in branches if one.level == 1} if opened is None else opened
    return [
        Step(
            one,
            counts(scope, one.figures, one),
            _opening(request, *map(str, sorted(every ^ {one.bureau.pk}))) if _opens(one) else "",
        )
        for one in branches
    ]


def _opens(branch: Branch) -> bool:
    return branch.level == 1 and bool(branch.figures.get("parts"))


def _opening(request: HttpRequest, *wanted: str) -> str:
    """The address of this page with these leads opened."""
    data = request.GET.copy()
    data.setlist("open", list(wanted))
    return f"?{data.urlencode()}#chain"


def _one_task(request: HttpRequest, scope: Scope) -> dict[str, Any]:
    """The tree of one task: the one that the address names, else the first that has parts."""
    parts = Part.objects.visible_to(request.user).filter(task__programme=scope.programme)
    tasks = Task.objects.visible_to(request.user).filter(pk__in=parts.order_by().values("task"))
    choices = list(tasks.in_order()[:MOST_TASKS])
    asked = request.GET.get("task", "")
    chosen = next((one for one in choices if str(one.pk) == asked), choices[0] if choices else None)
    if chosen is None:
        return {}
    task = Task.objects.visible_to(request.user).for_list().get(pk=chosen.pk)
    return {"task": task, "tree": part_tree.of_task(task, request.user), "choices": choices}


@require_GET
def responsibility_export(request: HttpRequest) -> StreamingHttpResponse:
    """The matrix as the page shows it."""
    programme = current_programme(request)
    filters = _filters(request, programme)
    scope = _scope(request, programme, filters)
    found = {line.bureau.pk: line for line in responsibility.lines(scope, list(filters.rows()))}
    rows = as_listed(filters.rows().filter(pk__in=found), list(found))
    table = Table(
        Export.What.RESPONSIBILITY, rows, _columns(), lambda batch: [found[row.pk] for row in batch]
    )
    return file_of(table, programme=programme, asked=request.GET, filters=filters.in_use(), by=request.user)


def _columns() -> list[Column]:
    def figure(name: str) -> Any:
        return lambda line: line.count(name)

    led, held = gettext("Led: %(what)s"), gettext("Held: %(what)s")
    named = [(led, one) for one in (*LED, *LED_TOO)] + [(held, one) for one in (*HELD, *HELD_TOO)]
    counted = [Column(words % {"what": one.label}, figure(one.name), 12) for words, one in named]
    return [Column(_("Bureau"), lambda line: line.bureau.name, 24), *counted]
