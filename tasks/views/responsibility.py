"""The responsibility page: bureaus by what they lead and hold, the chain below each lead, and the parts of one task."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.errors import Words
from qdtrade.lists import SIZES, as_listed, pills, query
from qdtrade.posted import ids_of
from qdtrade.programmes.current import current_programme, roles_in
from qdtrade.programmes.exports import Column, Table, file_of
from qdtrade.programmes.models import Export, Period, Programme, Role

from .. import responsibility
from ..filters import ResponsibilityFilter
from ..models import Part, Task
from ..responsibility import Branch, Scope
from . import part_tree

PILLS = ("period", "field", "kind")
MOST_TASKS = 100
"""Tasks that can be chosen for the tree of one; the register leads to the others."""


@dataclass(frozen=True)
class Heading:
    """A column of the matrix: a figure, its words, and the list that opens exactly its rows."""

    name: str
    label: Words
    list_name: str
    opens: dict[str, str]
    is_alarm: bool = False


LED = (
    Heading("led", pgettext_lazy("counted", "Tasks"), "task_list", {}),
    Heading("to_accept", pgettext_lazy("counted", "To accept"), "task_list", {"status": "registered"}),
    Heading("in_progress", pgettext_lazy("counted", "In progress"), "task_list", {"status": "in_progress"}),
    Heading("late_nodes", pgettext_lazy("counted", "Overdue"), "task_list", {"overdue": "true"}, True),
    Heading("settled", pgettext_lazy("counted", "Done tasks"), "task_list", {"status": "done"}),
    Heading("not_reported", pgettext_lazy("counted", "Not reported"), "report_list", {"filed": "false"}),
)
HELD = (
    Heading("held", pgettext_lazy("counted", "Parts"), "part_list", {}),
    Heading("given", pgettext_lazy("counted", "To accept"), "part_list", {"status": "given"}),
    Heading("unsigned", pgettext_lazy("counted", "Of these late"), "part_list", {"clock": "unsigned"}, True),
    Heading("accepted", pgettext_lazy("counted", "Accepted"), "part_list", {"status": "accepted"}),
    Heading("overdue", pgettext_lazy("counted", "Of these overdue"), "part_list", {"clock": "over"}, True),
    Heading("back", pgettext_lazy("counted", "Sent back"), "part_list", {"status": "sent_back"}),
    Heading("done", pgettext_lazy("counted", "Done parts"), "part_list", {"status": "done"}),
    Heading("not_filed", pgettext_lazy("counted", "Not filed"), "part_report_list", {"filed": "false"}),
)
BY_BUREAU = {
    "task_list": "lead",
    "report_list": "bureau",
    "part_list": "bureau",
    "part_report_list": "bureau",
}
OF_A_PERIOD = ("report_list", "part_report_list")


@dataclass(frozen=True)
class Cell:
    """A figure with the address of its rows; none for nothing."""

    heading: Heading
    value: int
    url: str


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
        "led": LED,
        "held": HELD,
        "page": page,
        "rows": [(line, cells(scope, line.figures, line.bureau)) for line in page],
        "totals": totals,
        "may_remind": Role.MANAGER in roles_in(request.user, programme),
        "sums": cells(scope, totals),
        "steps": _steps(request, scope, responsibility.chain(scope, region, opened), opened),
        "chain_sum": responsibility.chain_sum(scope),
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
    """A line of the chain with the address of its parts, and the one that opens or closes what is below it."""

    branch: Branch
    url: str
    toggle: str


def _steps(request: HttpRequest, scope: Scope, branches: list[Branch], opened: set[int] | None) -> list[Step]:
    every = {one.bureau.pk for one in branches if one.level == 1} if opened is None else opened
    return [
        Step(
            one,
            _parts_of(scope, one),
            _opening(request, *map(str, sorted(every ^ {one.bureau.pk}))) if one.level == 1 else "",
        )
        for one in branches
    ]


def _opening(request: HttpRequest, *wanted: str) -> str:
    """The address of this page with these leads opened."""
    data = request.GET.copy()
    data.setlist("open", list(wanted))
    return f"?{data.urlencode()}#chain"


def _parts_of(scope: Scope, branch: Branch) -> str:
    asked: dict[str, Any] = {"programme": scope.programme.code, "lead": branch.lead.code}
    if branch.level > 1:
        asked["bureau"] = branch.bureau.code
    if scope.field is not None:
        asked["field"] = scope.field.pk
    return f"{reverse('part_list')}?{urlencode(asked)}"


def cells(scope: Scope, figures: Mapping[str, int], bureau: Bureau | None = None) -> list[Cell]:
    """The figures of a line with what each opens; of the sums where they are no bureau's."""
    found = [(one, figures.get(one.name, 0)) for one in (*LED, *HELD)]
    return [Cell(one, value, _address(scope, one, bureau) if value else "") for one, value in found]


def _address(scope: Scope, heading: Heading, bureau: Bureau | None) -> str:
    asked: dict[str, Any] = {"programme": scope.programme.code}
    if heading.list_name in OF_A_PERIOD and scope.period is not None:
        asked["period"] = scope.period.pk
    if bureau is not None:
        asked[BY_BUREAU[heading.list_name]] = bureau.code
    if scope.field is not None:
        asked["field"] = scope.field.pk
    return f"{reverse(heading.list_name)}?{urlencode(asked | heading.opens)}"


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

    led = [Column(gettext("Led: %(what)s") % {"what": one.label}, figure(one.name), 12) for one in LED]
    held = [Column(gettext("Held: %(what)s") % {"what": one.label}, figure(one.name), 12) for one in HELD]
    return [Column(_("Bureau"), lambda line: line.bureau.name, 24), *led, *held]
