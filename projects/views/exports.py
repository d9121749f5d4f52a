"""Lists as files: of one programme, by the filters of their pages, cut to what the person may see."""

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from qdtrade import clock
from qdtrade.programmes.current import current_programme
from qdtrade.programmes.exports import Table, file_of, wants_screen
from qdtrade.programmes.filters import Filters
from qdtrade.programmes.models import Export

from .. import exports
from ..filters import ExpectedUpdateFilter, MoneyEventFilter, ProjectFilter
from . import screen


@require_GET
def projects_export(request: HttpRequest) -> StreamingHttpResponse:
    """The projects: in the columns that the import reads, or as the page shows them, the worst light first."""
    rows = exports.register_rows(request.user).filter(programme=current_programme(request))
    filters = ProjectFilter(request.GET, rows, request=request)
    found = filters.rows()
    if wants_screen(request.GET):
        ordered = found if request.GET.get("ordering") else found.worst_first(clock.today())
        return _file(request, filters, screen.projects(ordered, request.GET))
    return _file(request, filters, Table(Export.What.PROJECTS, found, exports.register_columns(found)))


@require_GET
def money_export(request: HttpRequest) -> StreamingHttpResponse:
    """Every dated sum, counter-entries among them."""
    rows = exports.money_rows(request.user).filter(project__programme=current_programme(request))
    filters = MoneyEventFilter(request.GET, rows, request=request)
    return _file(request, filters, Table(Export.What.MONEY, filters.rows(), exports.MONEY_COLUMNS))


@require_GET
def project_updates_export(request: HttpRequest) -> StreamingHttpResponse:
    """What is owed on projects; with `timeliness=missing` who has not filed."""
    rows = exports.update_rows(request.user, clock.now())
    rows = rows.filter(period__programme=current_programme(request))
    filters = ExpectedUpdateFilter(request.GET, rows, request=request)
    found = filters.rows()
    if wants_screen(request.GET):
        return _file(request, filters, screen.updates(found, request.GET))
    table = Table(Export.What.PROJECT_UPDATES, found, exports.UPDATE_COLUMNS)
    return _file(request, filters, table)


def _file(request: HttpRequest, filters: Filters, table: Table) -> StreamingHttpResponse:
    return file_of(
        table,
        programme=current_programme(request),
        asked=request.GET,
        filters=filters.in_use(),
        by=request.user,
    )
