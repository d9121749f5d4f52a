"""The records, for programs."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from qdtrade.api import ScopedViewSet, lists
from qdtrade.audit.models import Event
from qdtrade.incoming import Pages
from qdtrade.programmes.actions import note_records_opened
from qdtrade.programmes.current import programmes_of

from .filters import EventFilter
from .records import newest_first, reads_whole, visible_events, with_sample_marks
from .serializers import EventSerializer

MOST_BY_PAGES = 10_000
"""Rows that are counted out; a deeper page would read all of them to show the last few."""


class NotTooDeep(Pages):
    """Pages by number as far as counting rows out stays cheap; whoever reads on begins anew at a record's number."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        number = request.query_params.get(self.page_query_param, "1")
        size = self.get_page_size(request) or self.page_size
        if number.isdecimal() and int(number[:9]) * size > MOST_BY_PAGES:
            words = _("Pages end with the row %(most)d. Go on with seq_to (or seq_from, with ordering=seq).")
            raise ValidationError({self.page_query_param: words % {"most": MOST_BY_PAGES}})
        return super().paginate_queryset(queryset, request, view)


@lists(
    _("The records, newest first"),
    _("An event of the records"),
    _("Whoever begins to read a programme's records at large is recorded."),
)
class EventViewSet(ScopedViewSet):
    """The records that the person may read, newest first. Nothing here is ever changed."""

    serializer_class = EventSerializer
    pagination_class = NotTooDeep
    filterset_class = EventFilter

    def scoped(self) -> QuerySet[Event]:
        events = with_sample_marks(visible_events(self.request.user))
        return newest_first(events).defer("line", "state")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Whoever begins to read a programme's records at large is recorded, as on the page."""
        answer = super().list(request, *args, **kwargs)
        if request.query_params.get("page", "1") == "1" and "task" not in request.query_params:
            self._note(request)
        return answer

    def _note(self, request: Request) -> None:
        asked = request.query_params.get("programme")
        for programme in programmes_of(request.user):
            if asked in {None, "", programme.code} and reads_whole(request.user, programme.pk):
                note_records_opened(programme, by=request.user)
