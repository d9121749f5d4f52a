"""Bureaus and people as files."""

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from qdtrade.programmes.current import programme_to_set_up
from qdtrade.programmes.exports import file_of

from .. import rules
from ..exports import bureau_table, people_table


@require_GET
def bureaus_export(request: HttpRequest) -> StreamingHttpResponse:
    """The bureaus of the programme's region, in the columns that the import reads."""
    programme = programme_to_set_up(request)
    rules.keeps(programme, request.user)
    table = bureau_table(programme, request.user)
    return file_of(table, programme=programme, asked=request.GET, filters={}, by=request.user)


@require_GET
def people_export(request: HttpRequest) -> StreamingHttpResponse:
    """The people of the programme with their roles, in the columns that the import reads."""
    programme = programme_to_set_up(request)
    rules.keeps(programme, request.user)
    table = people_table(programme, request.user)
    return file_of(table, programme=programme, asked=request.GET, filters={}, by=request.user)
