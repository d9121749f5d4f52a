"""The lists of this app whose views people keep."""

from django.utils.translation import gettext_lazy as _

from qdtrade.audit.models import Event
from qdtrade.programmes.listing import Listing
from tasks.models import Report

from .exports import SCREEN_COLUMNS
from .filters import DeskFilter, EventFilter

RECORDS = Listing(
    name="records",
    label=_("Records"),
    url_name="records",
    filters=EventFilter,
    rows=Event.objects.none,
    target="#records",
    usual_ordering="-seq",
    usual_order=_("Newest first"),
    columns=lambda: SCREEN_COLUMNS,
)
DESK = Listing(
    name="desk",
    label=_("Review desk"),
    url_name="desk",
    filters=DeskFilter,
    rows=Report.objects.none,
    others=frozenset({"tab", "look"}),
)
