"""The records as a file."""

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from qdtrade.audit import history
from qdtrade.programmes.columns import chosen
from qdtrade.programmes.current import current_programme
from qdtrade.programmes.exports import Table, file_of, wants_screen
from qdtrade.programmes.models import Export

from ..exports import EVENT_COLUMNS, SAMPLE, SCREEN_COLUMNS, event_rows
from ..filters import EventFilter


@require_GET
def records_export(request: HttpRequest) -> StreamingHttpResponse:
    """The records of the current programme that the person may read, by the filters of their page."""
    programme = current_programme(request)
    filters = EventFilter(request.GET, event_rows(request.user, programme), request=request)
    table = Table(Export.What.RECORDS, filters.rows(), EVENT_COLUMNS)
    if wants_screen(request.GET):
        columns = [*chosen(SCREEN_COLUMNS, request.GET).in_file(), SAMPLE]
        table = Table(Export.What.RECORDS, filters.rows(), columns, history.lines)
    return file_of(table, programme=programme, asked=request.GET, filters=filters.in_use(), by=request.user)
