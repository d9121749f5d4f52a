"""The list of this app whose views people keep."""

from django.utils.translation import gettext_lazy as _

from qdtrade.programmes.listing import Listing

from . import explained
from .filters import BreakthroughFilter
from .models import Breakthrough
from .screen import BREAKTHROUGH_COLUMNS

BREAKTHROUGH_LIST = Listing(
    name="breakthroughs",
    label=_("Breakthroughs"),
    url_name="breakthrough_list",
    filters=BreakthroughFilter,
    rows=Breakthrough.objects.none,
    target="#breakthroughs",
    usual_ordering="due",
    usual_order=_("What waits first"),
    columns=lambda: BREAKTHROUGH_COLUMNS,
    explained=explained.BREAKTHROUGHS,
)
