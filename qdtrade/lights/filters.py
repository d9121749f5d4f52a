"""The filter by light of every list of tasks or projects, and what such a list counts of them."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import Count, F, Max
from django.db.models.expressions import Combinable
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qdtrade.errors import Words
from qdtrade.lists import query
from qdtrade.programmes.filters import Filters, OfProgramme, Ordering, searching, text_filter

from .levels import NO_LIGHT, WORST_FIRST, Level
from .models import LightRule

CHOICES = [*((level.value, level.label) for level in WORST_FIRST), (NO_LIGHT, _("no light yet"))]

MEANINGS: dict[tuple[str, str], Words] = {
    ("light", Level.RED): _("the worst of its dimensions is behind, or a manager set it so"),
    ("light", Level.YELLOW): _("the worst of its dimensions is at risk, or a manager set it so"),
    ("light", Level.GREEN): _("no dimension is at risk, or a manager set it so"),
    ("light", Level.BLUE): _("ahead of plan or done, or a manager set it so"),
    ("light", Level.GREY): _("not started by plan, or suspended; its clocks stand still"),
    ("light", NO_LIGHT): _("none was kept of it yet; lights are kept every night and with every change"),
}
"""What the filter's values mean; the light is the one kept last, and never repainted."""


def light_filter() -> django_filters.ChoiceFilter:
    """By the light that was kept last."""
    return django_filters.ChoiceFilter(choices=CHOICES, method=by_light, label=_("Light"))


def by_light(rows: Any, name: str, wanted: str) -> Any:
    return rows.with_light().filter(light="" if wanted == NO_LIGHT else wanted)


def rank(request: Any) -> Combinable:
    """Worst first, for rows that came with `with_light()`."""
    return F("light_rank")


@dataclass(frozen=True)
class Counted:
    """How many rows show which light, and the day on which the newest of these lights was kept."""

    by_level: Mapping[str, int]
    on: datetime.date | None

    @property
    def whole(self) -> int:
        return sum(self.by_level.values())

    @property
    def levels(self) -> list[tuple[str, int]]:
        """Every level that is there, the worst first."""
        return [(str(level), self.by_level[level]) for level in WORST_FIRST if self.by_level.get(level)]


def count(rows: Any) -> Counted:
    """The lights of some rows, counted by the database."""
    found = rows.with_light().order_by().values("light").annotate(n=Count("pk"), newest=Max("light_on"))
    lines = list(found)
    days = [line["newest"] for line in lines if line["newest"] is not None]
    return Counted({line["light"]: line["n"] for line in lines}, max(days, default=None))


@dataclass(frozen=True)
class Cell:
    """A count above a list: it is a filter, and where it is set the way back to all."""

    level: str
    number: int
    share: float | None
    url: str
    is_current: bool


def cells(request: HttpRequest, counted: Counted) -> list[Cell]:
    """One for each light; what has none yet has a cell while there is such a row."""
    numbers = {str(level): counted.by_level.get(level, 0) for level in WORST_FIRST}
    if counted.by_level.get(""):
        numbers[NO_LIGHT] = counted.by_level[""]
    now = request.GET.get("light", "")
    return [
        Cell(
            level,
            number,
            round(100 * number / counted.whole, 1) if counted.whole else None,
            query(request, light=None if level == now else level),
            level == now,
        )
        for level, number in numbers.items()
    ]


class LightRuleFilter(Filters):
    """Filters of the versions of the thresholds."""

    programme = OfProgramme(field_name="programme")
    search = q = text_filter(searching("reason"))
    ordering = Ordering(fields=("version", "valid_from"))

    class Meta:
        model = LightRule
        fields: tuple[str, ...] = ()
