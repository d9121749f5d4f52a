"""Registers as files: of one programme, by the filters of their pages, cut to what the person may see."""

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from qdtrade import clock
from qdtrade.programmes.current import current_programme
from qdtrade.programmes.exports import Table, file_of, wants_screen
from qdtrade.programmes.filters import Filters
from qdtrade.programmes.models import Export

from .. import exports
from ..filters import ExpectedReportFilter, ReportFilter, TaskFilter
from ..sorting import riskiest_first
from . import screen


@require_GET
def tasks_export(request: HttpRequest) -> StreamingHttpResponse:
    """The register: in the columns that the import reads, or as the page shows it, the worst light first."""
    programme = current_programme(request)
    rows = exports.register_rows(request.user).filter(programme=programme)
    filters = TaskFilter(request.GET, rows, request=request)
    found = filters.rows()
    if wants_screen(request.GET):
        ordered = found if request.GET.get("ordering") else riskiest_first(found)
        return _file(request, filters, screen.register(ordered, programme, request.user, request.GET))
    return _file(request, filters, Table(Export.What.TASKS, found, exports.register_columns(found)))


@require_GET
def reports_export(request: HttpRequest) -> StreamingHttpResponse:
    """The reports with what they say: the version in force, else the one submitted last; never a draft."""
    rows = exports.report_rows(request.user, clock.now())
    rows = rows.filter(expected__period__programme=current_programme(request))
    filters = ReportFilter(request.GET, rows, request=request)
    return _file(request, filters, Table(Export.What.REPORTS, filters.rows(), exports.REPORT_COLUMNS))


@require_GET
def expected_reports_export(request: HttpRequest) -> StreamingHttpResponse:
    """What is owed; with `timeliness=missing` who has not reported."""
    rows = exports.expected_rows(request.user, clock.now())
    filters = ExpectedReportFilter(
        request.GET, rows.filter(period__programme=current_programme(request)), request=request
    )
    if wants_screen(request.GET):
        return _file(request, filters, screen.reports(filters.rows(), request.GET))
    table = Table(Export.What.EXPECTED_REPORTS, filters.rows(), exports.EXPECTED_COLUMNS)
    return _file(request, filters, table)


def _file(request: HttpRequest, filters: Filters, table: Table) -> StreamingHttpResponse:
    return file_of(
        table,
        programme=current_programme(request),
        asked=request.GET,
        filters=filters.in_use(),
        by=request.user,
    )
