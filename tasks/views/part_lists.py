"""The lists of parts and of what was filed on them, and the files of exactly their rows."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from qdtrade import clock
from qdtrade.lists import list_page, page_of, pills, query, search_pill
from qdtrade.programmes.columns import Shown, chosen
from qdtrade.programmes.current import current_programme
from qdtrade.programmes.exports import Column, Table, file_of, wants_screen, yes_no
from qdtrade.programmes.filters import Filters
from qdtrade.programmes.listing import opens_in, tools
from qdtrade.programmes.models import Export, Programme

from ..exports import sample_columns
from ..filters import ExpectedPartFilter, PartFilter
from ..models import ExpectedPart, Part
from .part_screen import PART_COLUMNS, PART_REPORT_COLUMNS
from .part_tree import state_of

PART_PILLS = ("lead", "bureau", "light", "field", "status", "clock")
PART_REPORT_PILLS = ("period", "bureau", "lead", "field", "filed", "timeliness")
WHEN_SET = ("signed", "ended", "direct", "above")
"""Filters that the responsibility page sets: they show where they narrow a list."""
INVENTED = Column(gettext_lazy("Part invented"), lambda row: yes_no(_part(row).is_sample), 8)


def _part(row: Any) -> Part:
    return row if isinstance(row, Part) else row.part


def parts_of(user: Any, programme: Programme) -> QuerySet[Part]:
    return Part.objects.visible_to(user).filter(task__programme=programme).for_list()


def filed_of(user: Any, programme: Programme) -> QuerySet[ExpectedPart]:
    rows = ExpectedPart.objects.visible_to(user).filter(period__programme=programme).for_list()
    found: QuerySet[ExpectedPart] = rows.with_timeliness(clock.now())
    return found


@require_GET
def part_list(request: HttpRequest) -> HttpResponse:
    """Who was asked for what, how far it is, and who has not signed."""
    programme = current_programme(request)
    usual = opens_in(request, programme, "parts")
    if usual is not None:
        return usual
    filters = PartFilter(request.GET, parts_of(request.user, programme), request=request)
    page = page_of(request, _ordered(request, filters))
    today = clock.today()
    context = _around(request, programme, "parts", filters, PART_COLUMNS, PART_PILLS) | {
        "page": page,
        "rows": [(row, *state_of(row, today)) for row in page],
        "search": search_pill(filters.form, "q", _("Code, name, bureau")),
        "export": f"{reverse('parts_export')}{query(request, programme=programme.code)}",
    }
    return list_page(request, "tasks/part_list.html", "tasks/_part_rows.html", context)


@require_GET
def part_report_list(request: HttpRequest) -> HttpResponse:
    """What was owed and filed on parts, newest period first."""
    programme = current_programme(request)
    usual = opens_in(request, programme, "part_reports")
    if usual is not None:
        return usual
    filters = ExpectedPartFilter(request.GET, filed_of(request.user, programme), request=request)
    page = page_of(request, _ordered(request, filters))
    context = _around(request, programme, "part_reports", filters, PART_REPORT_COLUMNS, PART_REPORT_PILLS) | {
        "page": page,
        "rows": list(page),
        "search": search_pill(filters.form, "q", _("Code, name, bureau, text")),
        "export": f"{reverse('part_reports_export')}{query(request, programme=programme.code)}",
    }
    return list_page(request, "tasks/part_report_list.html", "tasks/_part_report_rows.html", context)


def _ordered(request: HttpRequest, filters: Filters) -> Any:
    rows = filters.rows()
    return rows if request.GET.get("ordering") else rows.in_order()


def _around(
    request: HttpRequest,
    programme: Programme,
    name: str,
    filters: Filters,
    every: list[Shown],
    shown: tuple[str, ...],
) -> dict[str, Any]:
    """What both lists have around their rows."""
    shown += tuple(one for one in WHEN_SET if filters.in_use().get(one))
    return tools(request, programme, name, chosen(every, request.GET), shown) | {
        "programme": programme,
        "pills": pills(filters.form, shown),
        "set": filters.in_use().keys() & set(shown),
        "now": clock.now(),
        "without": query(request, **dict.fromkeys(filters.in_use().keys() - {"programme"})),
    }


@require_GET
def parts_export(request: HttpRequest) -> StreamingHttpResponse:
    """The parts as the page shows them, or with every column."""
    programme = current_programme(request)
    filters = PartFilter(request.GET, parts_of(request.user, programme), request=request)
    return _file(request, programme, filters, Export.What.PARTS, PART_COLUMNS)


@require_GET
def part_reports_export(request: HttpRequest) -> StreamingHttpResponse:
    """What was filed on parts, as the page shows it, or with every column."""
    programme = current_programme(request)
    filters = ExpectedPartFilter(request.GET, filed_of(request.user, programme), request=request)
    return _file(request, programme, filters, Export.What.PART_REPORTS, PART_REPORT_COLUMNS)


def _file(
    request: HttpRequest, programme: Programme, filters: Filters, what: Export.What, every: list[Shown]
) -> StreamingHttpResponse:
    asked = request.GET if wants_screen(request.GET) else QueryDict()
    whole = [one.in_file() for one in every]
    columns = chosen(every, asked).in_file() if wants_screen(request.GET) else whole
    marks = [INVENTED, *sample_columns(lambda row: row.task)]
    table = Table(what, _ordered(request, filters), [*columns, *marks])
    return file_of(table, programme=programme, asked=request.GET, filters=filters.in_use(), by=request.user)
