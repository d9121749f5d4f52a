"""Registers as CSV files: of one programme, by the filters of their pages, cut to what the person may see."""

from collections.abc import Sequence

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from qdtrade import clock
from qdtrade.programmes.current import current_programme
from qdtrade.programmes.exports import Column, file_of
from qdtrade.programmes.filters import Filters
from qdtrade.programmes.models import Export

from .. import exports
from ..filters import ExpectedReportFilter, ReportFilter, TaskFilter


@require_GET
def tasks_export(request: HttpRequest) -> StreamingHttpResponse:
    """The register, in the columns that the import reads."""
    rows = exports.register_rows(request.user).filter(programme=current_programme(request))
    filters = TaskFilter(request.GET, rows, request=request)
    return _file(request, filters, exports.register_columns(filters.rows()), Export.What.TASKS)


@require_GET
def reports_export(request: HttpRequest) -> StreamingHttpResponse:
    """The reports with what they say: the version in force, else the one submitted last; never a draft."""
    rows = exports.report_rows(request.user, clock.now())
    rows = rows.filter(expected__period__programme=current_programme(request))
    filters = ReportFilter(request.GET, rows, request=request)
    return _file(request, filters, exports.REPORT_COLUMNS, Export.What.REPORTS)


@require_GET
def expected_reports_export(request: HttpRequest) -> StreamingHttpResponse:
    """What is owed; with `timeliness=missing` who has not reported."""
    rows = exports.expected_rows(request.user, clock.now())
    filters = ExpectedReportFilter(
        request.GET, rows.filter(period__programme=current_programme(request)), request=request
    )
    return _file(request, filters, exports.EXPECTED_COLUMNS, Export.What.EXPECTED_REPORTS)


def _file(
    request: HttpRequest, filters: Filters, columns: Sequence[Column], what: Export.What
) -> StreamingHttpResponse:
    programme = current_programme(request)
    asked = filters.in_use()
    return file_of(filters.rows(), columns, programme=programme, what=what, asked=asked, by=request.user)
