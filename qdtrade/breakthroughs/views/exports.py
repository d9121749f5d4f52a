"""The list as a file: of one programme, by the filters of its page, cut to what the person may see."""

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from qdtrade.programmes.current import current_programme
from qdtrade.programmes.exports import file_of, wants_screen

from .. import screen
from ..filters import BreakthroughFilter
from ..models import Breakthrough


@require_GET
def breakthroughs_export(request: HttpRequest) -> StreamingHttpResponse:
    """All that is kept of each, or the columns of the page."""
    programme = current_programme(request)
    rows = Breakthrough.objects.visible_to(request.user).of_programme(programme).for_move()
    filters = BreakthroughFilter(request.GET, rows, request=request)
    found = filters.rows()
    if not request.GET.get("ordering"):
        found = found.in_order()
    table = screen.as_shown(found, request.GET) if wants_screen(request.GET) else screen.whole(found)
    return file_of(table, programme=programme, asked=request.GET, filters=filters.in_use(), by=request.user)
