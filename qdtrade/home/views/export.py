"""The records as a file."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from qdtrade.audit import history
from qdtrade.audit.models import Event
from qdtrade.programmes.columns import chosen
from qdtrade.programmes.current import current_programme
from qdtrade.programmes.exports import Table, file_of, wants_screen
from qdtrade.programmes.models import Export, Programme

from .. import copied
from ..exports import EVENT_COLUMNS, SAMPLE, SCREEN_COLUMNS, event_rows, lines_of
from ..filters import EventFilter
from ..records import chain_of


@require_GET
def records_export(request: HttpRequest) -> StreamingHttpResponse:
    """The records of the current programme that the person may read, by the filters of their page.

    They end before the record of this very export, whatever is written while they leave.
    """
    programme = current_programme(request)
    filters = EventFilter(request.GET, _until_now(request, programme), request=request)
    rows = filters.rows().order_by(*filters.order())
    lines = rows if request.GET.get("ordering") else rows.order_by("seq")
    table = Table(Export.What.RECORDS, rows, EVENT_COLUMNS, written=_written(rows, lines))
    if wants_screen(request.GET):
        columns = [*chosen(SCREEN_COLUMNS, request.GET).in_file(), SAMPLE]
        table = Table(Export.What.RECORDS, rows, columns, history.lines)
    return file_of(table, programme=programme, asked=request.GET, filters=filters.in_use(), by=request.user)


def _until_now(request: HttpRequest, programme: Programme) -> QuerySet[Event]:
    return event_rows(request.user, programme).filter(seq__lte=chain_of(programme).length)


def _written(rows: QuerySet[Event], lines: QuerySet[Event]) -> Mapping[str, Callable[[], Iterator[bytes]]]:
    """The forms that are not written from columns: the lines stand as in the chain unless another order is asked."""
    if not copied.is_possible():
        return {"jsonl": partial(lines_of, lines)}
    headings = [str(column.heading) for column in EVENT_COLUMNS]
    return {"jsonl": partial(copied.as_lines, lines), "csv": partial(copied.as_csv, rows, headings)}
