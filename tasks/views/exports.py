"""Registers as CSV files: of one programme, by the filters of their pages, cut to what the person may see."""

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from qdtrade import clock
from qdtrade.programmes.current import current_programme
from qdtrade.programmes.exports import file_of
from qdtrade.programmes.models.export import Export

from .. import exports
from ..filters import ExpectedReportFilter, ReportFilter, TaskFilter


@require_GET
def tasks_export(request: HttpRequest) -> StreamingHttpResponse:
    """The register, in the columns that the import reads."""
    programme = current_programme(request)
    rows = exports.register_rows(request.user).filter(programme=programme)
    filters = TaskFilter(request.GET, rows, request=request)
    columns = exports.register_columns(filters.rows())
    return file_of(filters, columns, programme=programme, what=Export.What.TASKS, by=request.user)


@require_GET
def reports_export(request: HttpRequest) -> StreamingHttpResponse:
    programme = current_programme(request)
    rows = exports.report_rows(request.user, clock.now()).filter(expected__period__programme=programme)
    filters = ReportFilter(request.GET, rows, request=request)
    return file_of(
        filters, exports.REPORT_COLUMNS, programme=programme, what=Export.What.REPORTS, by=request.user
    )


@require_GET
def expected_reports_export(request: HttpRequest) -> StreamingHttpResponse:
    """What is owed, with `timeliness=missing` who has not reported."""
    programme = current_programme(request)
    rows = exports.expected_rows(request.user, clock.now()).filter(period__programme=programme)
    filters = ExpectedReportFilter(request.GET, rows, request=request)
    return file_of(
        filters,
        exports.EXPECTED_COLUMNS,
        programme=programme,
        what=Export.What.EXPECTED_REPORTS,
        by=request.user,
    )
