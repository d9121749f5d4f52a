"""The readings as a file: by the filters of the address, cut to what the person may see."""

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from qdtrade.programmes.current import current_programme
from qdtrade.programmes.exports import Table, file_of
from qdtrade.programmes.models import Export

from .. import exports
from ..filters import ReadingFilter


@require_GET
def readings_export(request: HttpRequest) -> StreamingHttpResponse:
    """The readings in the columns that the import reads."""
    programme = current_programme(request)
    rows = exports.reading_rows(request.user).filter(indicator__programme=programme)
    filters = ReadingFilter(request.GET, rows, request=request)
    table = Table(Export.What.READINGS, filters.rows(), exports.READING_COLUMNS)
    return file_of(table, programme=programme, asked=request.GET, filters=filters.in_use(), by=request.user)
