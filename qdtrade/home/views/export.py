"""The records as a CSV file."""

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from qdtrade.programmes.current import current_programme
from qdtrade.programmes.exports import file_of
from qdtrade.programmes.models import Export

from ..exports import EVENT_COLUMNS, event_rows
from ..filters import EventFilter


@require_GET
def records_export(request: HttpRequest) -> StreamingHttpResponse:
    """The records of the current programme that the person may read, by the filters of their page."""
    programme = current_programme(request)
    filters = EventFilter(request.GET, event_rows(request.user, programme), request=request)
    return file_of(
        filters.rows(),
        EVENT_COLUMNS,
        programme=programme,
        what=Export.What.RECORDS,
        asked=filters.in_use(),
        by=request.user,
    )
