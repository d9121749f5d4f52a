"""What is owed in a period: written when it opens, counted while it runs, kept when it is frozen.

Each app with something to report registers its ledger. Every figure of a ledger is counted here, in SQL and over the
rows that the asker sees, so that a page, an export, a frozen period and a bulletin never differ.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import BaseExpression, Combinable
from django.utils.translation import gettext_lazy as _

from qdtrade import clock
from qdtrade.errors import Words
from qdtrade.workflow import Act, Written

from .models import Period, Timeliness

Line = dict[str, Any]


@dataclass(frozen=True)
class Group:
    """A way to break the rows of a ledger down: the paths of its id and its name, what orders the lines, and how a page
    calls it.
    """

    key: str
    name: str
    order: tuple[str, ...] = ()
    label: Words = ""


BY_BUREAU = Group("bureau", "bureau__short_name", ("bureau__position",), _("By bureau"))


@dataclass(frozen=True)
class Ledger:
    """`opens` yields the expected rows of a period that opens; `rows` are those that a person sees.

    `states` are counts of its own beside those that every ledger has; `groups` are the ways to break them down, by
    the name of the filter that opens their rows; `list_name` is the address of that list, `row_url` leads to what a
    row is about.
    """

    name: str
    label: Words
    opens: Callable[[Period, Act], Iterator[Written]]
    rows: Callable[[Any], QuerySet[Any]]
    everything: Callable[[], QuerySet[Any]]
    list_name: str
    row_url: Callable[[Any], str]
    states: Mapping[str, BaseExpression | Combinable] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)


LEDGERS: dict[str, Ledger] = {}


def register(ledger: Ledger) -> None:
    """Called once by an app when it is ready."""
    LEDGERS[ledger.name] = ledger


def counts_of(ledger: Ledger, rows: QuerySet[Any], periods: Sequence[Period]) -> dict[int, Line]:
    """The figures of each period by its id: everything that a rate divides (DOMAIN, reporting period)."""
    found = _counted(ledger, rows.filter(period__in=periods), "period")
    known = {line.pop("period"): with_sums(line) for line in found}
    nothing = with_sums(dict.fromkeys(("expected", "exceptions", *Timeliness.values, *ledger.states), 0))
    return {period.pk: known.get(period.pk, dict(nothing)) for period in periods}


def broken_down(ledger: Ledger, rows: QuerySet[Any], period: Period, by: str) -> list[Line]:
    """The figures of a period by bureau, field or another group; each line carries its `key` and `name`."""
    group = ledger.groups[by]
    found = _counted(ledger, rows.filter(period=period), group.key, group.name, *group.order)
    return [
        {"key": line.pop(group.key), "name": line.pop(group.name)}
        | with_sums({name: value for name, value in line.items() if name not in group.order})
        for line in found.order_by(*group.order, group.name, group.key)
    ]


def unowed(periods: QuerySet[Period], *, but: Sequence[str]) -> QuerySet[Period]:
    """Those periods in which nothing is owed but in the ledgers of these names."""
    for ledger in LEDGERS.values():
        if ledger.name not in but:
            periods = periods.exclude(pk__in=ledger.everything().order_by().values("period"))
    return periods


def figures(ledger: Ledger, period: Period) -> Line:
    """The figures of a whole period with every break-down, as they are kept when it is frozen."""
    rows = ledger.everything()
    kept: Line = counts_of(ledger, rows, [period])[period.pk]
    return kept | {f"by_{by}": broken_down(ledger, rows, period, by) for by in ledger.groups}


def _counted(ledger: Ledger, rows: Any, *by: str) -> Any:
    timely = {str(name): Count("pk", filter=Q(timeliness=name)) for name in Timeliness.values}
    exceptions = Count("pk", filter=Q(exception_until__isnull=False))
    grouped = rows.with_timeliness(clock.now()).order_by().values(*by)
    return grouped.annotate(expected=Count("pk"), exceptions=exceptions, **timely, **ledger.states)


def with_sums(line: Line) -> Line:
    """The counts with what was filed and what was owed, which follow from them."""
    filed, owed = line["on_time"] + line["late"], line["expected"] - line["exempt"]
    return {**line, "filed": filed, "owed": owed}
