"""What stands behind the figures of a list: how each is computed, over which rows, and the records of these rows.

A figure is explained over the very rows that its list shows, so that page, list and explanation cannot differ. The
functions that measure are those that the pages count by, or divide the same counts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from qdtrade import clock
from qdtrade.audit.trail import kind_of
from qdtrade.errors import Words
from qdtrade.templatetags.words import grouped

from .models import Programme, Timeliness
from .rates import RATES, Rate, percent

Filters = Mapping[str, str]


@dataclass(frozen=True)
class Part:
    """One side of a division: what it is, how many, and the filters that open exactly these rows, if there are such."""

    label: Words
    number: int
    filters: Filters | None = None


@dataclass(frozen=True)
class Measured:
    """What a figure comes to: as the page says it, and with the numbers that it was computed from."""

    value: str
    computed: str
    parts: Sequence[Part] = ()


@dataclass(frozen=True)
class Figure:
    """A figure over the rows of a list: its name and its formula in words."""

    name: str
    label: Words
    formula: Words
    measure: Callable[[QuerySet[Any], Any], Measured]
    """Of some rows, and the person who sees them."""


@dataclass(frozen=True)
class Explained:
    """What a list says of its figures.

    `rows` are those of a programme that a person sees, as its page begins with them; `records` find the events of some
    rows; `counted` says what a row is, and `meanings` what a filter's value means where its name does not say it.
    """

    rows: Callable[[Any, Programme], QuerySet[Any]]
    records: Callable[[QuerySet[Any]], Q]
    counted: Words
    figures: Sequence[Figure] = ()
    meanings: Mapping[tuple[str, str], Words] = field(default_factory=dict)


TIMELY: dict[tuple[str, str], Words] = {
    ("timeliness", "on_time"): _("first submitted by the end of the due date, in Beijing's time"),
    ("timeliness", "late"): _("first submitted after the due date, and before the end of the grace"),
    ("timeliness", "missing"): _("not submitted when the grace, or the exception, was over"),
    ("timeliness", "due"): _("not submitted yet, and still in time"),
    ("timeliness", "exempt"): _("exempted, with a reason; no rate divides by it"),
    ("filed", "true"): _("submitted at least once, on time or late; exempted ones are left out"),
    ("filed", "false"): _("never submitted; exempted ones are left out"),
    ("owed", "true"): _("expected and not exempted: what every rate divides by"),
    ("returned", "true"): _("returned at least once, whatever became of it"),
}
"""What the filters of expected rows mean (DOMAIN, reporting period)."""

OVER: dict[str, Filters] = {
    "filed": {"filed": "true"},
    "owed": {"owed": "true"},
    "on_time": {"timeliness": "on_time"},
    "sent_back": {"returned": "true"},
}
NAMES: dict[str, Words] = {
    "filed": _("filed"),
    "owed": _("expected − exempt"),
    "on_time": _("on time"),
    "sent_back": _("returned at least once"),
}


def records_of(rows: QuerySet[Any]) -> Q:
    """The events of these very rows."""
    return Q(kind=kind_of(rows.model), object_id__in=rows.order_by().values("pk"))


def records_below(rows: QuerySet[Any]) -> Q:
    """The events of these rows and of all that belongs to them."""
    return Q(root_kind=kind_of(rows.model), root_id__in=rows.order_by().values("pk"))


def rates(sent_back: Any = None) -> list[Figure]:
    """The rates of a ledger over its expected rows; `sent_back` counts those that were returned, where it has such."""
    kept = [rate for rate in RATES if sent_back is not None or rate.over != "sent_back"]
    return [Figure(rate.name, rate.label, rate.formula, _measuring(rate, sent_back)) for rate in kept]


def _measuring(rate: Rate, sent_back: Any) -> Callable[[QuerySet[Any], Any], Measured]:
    def measure(rows: Any, user: Any) -> Measured:
        counts = {
            "owed": Count("pk", filter=Q(exempt_reason="")),
            "on_time": Count("pk", filter=Q(timeliness=Timeliness.ON_TIME)),
            "late": Count("pk", filter=Q(timeliness=Timeliness.LATE)),
        } | ({"sent_back": sent_back} if sent_back is not None else {})
        found = rows.with_timeliness(clock.now()).order_by().aggregate(**counts)
        found["filed"] = found["on_time"] + found["late"]
        parts = [Part(NAMES[name], found[name], OVER[name]) for name in (rate.over, rate.under)]
        return share(*parts)

    return measure


def share(over: Part, under: Part) -> Measured:
    """A division in percent, rounded once; nothing where there is nothing to divide by."""
    value = percent(over.number, under.number)
    said = "—" if value is None else f"{value} %"
    return Measured(said, f"{grouped(over.number)} ÷ {grouped(under.number)} = {said}", (over, under))
