"""The page of one period: what was owed and filed, by bureau and by field, each figure with the rows behind it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from qdtrade import clock
from qdtrade.errors import Words

from .. import current, freezing, year
from ..ledgers import LEDGERS, Ledger, Line, broken_down, counts_of, with_sums
from ..listing import figures_at
from ..models import Period, Role
from ..models.membership import READS_ALL
from ..rates import RATES, Rate, rates_of


@dataclass(frozen=True)
class Column:
    """A count of a ledger, and the filter of the list that opens exactly its rows."""

    name: str
    label: Words
    opens: dict[str, str]


COLUMNS = (
    Column("expected", _("Expected"), {}),
    Column("exempt", _("Exempt"), {"timeliness": "exempt"}),
    Column("filed", _("Filed"), {"filed": "true"}),
    Column("on_time", _("On time"), {"timeliness": "on_time"}),
    Column("late", _("Late"), {"timeliness": "late"}),
    Column("missing", _("Missing"), {"timeliness": "missing"}),
    Column("due", _("Not filed yet"), {"timeliness": "due"}),
    Column("exceptions", _("Exceptions"), {"exception": "true"}),
    Column("sent_back", _("Returned"), {"returned": "true"}),
)

MOST = 100
"""Rows of what was given that a page shows; the lists have all of them."""


@dataclass(frozen=True)
class Figure:
    """A count of a line, with the address of its rows; no address for nothing. `was` is what was kept first, where the
    figure was put right since.
    """

    column: Column
    value: int
    url: str
    was: int | None = None


@dataclass(frozen=True)
class Row:
    """A line of figures with its rates, and the page that explains them."""

    name: str
    url: str
    figures: list[Figure]
    rates: list[tuple[Rate, Any, str]]
    former: dict[str, Any]
    """By name the rates that were kept first, where they were put right since."""


@dataclass(frozen=True)
class Table:
    """A break-down of a ledger, its lines with the most missing first, and the sum."""

    label: Words
    rows: list[Row]
    total: Row


Corrected = dict[tuple[str, str], dict[str, int]]
"""By break-down and key the counts that were put right since the period was frozen."""


@require_GET
def period(request: HttpRequest, pk: int) -> HttpResponse:
    """What a period came to."""
    period = get_object_or_404(Period.objects.visible_to(request.user).for_move(), pk=pk)
    is_kept = year.is_read_as_kept(period, request.user)
    right = _corrected(period) if is_kept else {}
    ledgers = [
        (ledger, tables)
        for ledger in LEDGERS.values()
        if (tables := _tables(ledger, period, request.user, right.get(f"ledger.{ledger.name}", {})))
    ]
    context = {
        "period": period,
        "programme": period.programme,
        "ledgers": ledgers,
        "columns": COLUMNS,
        "rates": RATES,
        "kept": is_kept,
        "quotes": bool(current.roles_in(request.user, period.programme) & READS_ALL),
        "given": given([period], request.user),
        "may_give": Role.MANAGER in current.roles_in(request.user, period.programme)
        and period.status != Period.Status.FROZEN,
        "now": clock.now(),
    }
    return render(request, "programmes/period.html", context)


def given(periods: list[Period], user: Any) -> list[tuple[Period, list[tuple[Ledger, list[Any]]]]]:
    """The exemptions and exceptions of these periods, by ledger; at most as many as a list holds."""
    found = []
    for period in periods:
        ledgers = [(ledger, rows) for ledger in LEDGERS.values() if (rows := _given(ledger, period, user))]
        if ledgers:
            found.append((period, ledgers))
    return found


def _given(ledger: Ledger, period: Period, user: Any) -> list[Any]:
    rows: Any = ledger.rows(user)
    rows = rows.filter(period=period).given().for_list().with_timeliness(clock.now())
    listed = list(rows.select_related("exempt_by", "exception_by").in_order()[:MOST])
    for row in listed:
        row.page = ledger.row_url(row)
    return listed


def _tables(ledger: Ledger, period: Period, user: Any, right: Corrected) -> list[Table]:
    """A table per group; none for a ledger in which nothing was owed."""
    if year.is_read_as_kept(period, user):
        kept = (period.figures or {}).get(ledger.name)
        lines = {by: (kept or {}).get(f"by_{by}", []) for by in ledger.groups}
    else:
        rows = ledger.rows(user)
        kept = counts_of(ledger, rows, [period])[period.pk]
        lines = {by: broken_down(ledger, rows, period, by) for by in ledger.groups}
    if not kept or not kept["expected"]:
        return []
    asked = f"?programme={period.programme.code}&period={period.pk}"
    total = _row(str(_("All")), kept, ledger, asked, right.get(("", "")))
    return [
        Table(
            group.label,
            [
                _row(
                    line["name"],
                    line,
                    ledger,
                    f"{asked}&{by}={line['key']}",
                    right.get((by, str(line["key"]))),
                )
                for line in _worst_first(lines[by], by)
            ],
            total,
        )
        for by, group in ledger.groups.items()
    ]


def _corrected(period: Period) -> dict[str, Corrected]:
    """What restatements say of each ledger; the kept lines stay as they are, and stand beside."""
    found: dict[str, Corrected] = {}
    for row in freezing.restated(period):
        if row.value is not None and row.unit == freezing.COUNT:
            found.setdefault(row.name, {}).setdefault((row.by, row.key), {})[row.part] = int(row.value)
    return found


def _worst_first(lines: list[Line], by: str) -> list[Line]:
    """Bureaus with the most missing and late first; fields as they are numbered."""
    if by != "bureau":
        return lines
    return sorted(lines, key=lambda line: (-line["missing"], -line["late"], -line["due"]))


def _row(name: str, kept: Line, ledger: Ledger, asked: str, right: dict[str, int] | None = None) -> Row:
    address = f"{reverse(ledger.list_name)}{asked}"
    line = with_sums({**kept, **right}) if right else kept
    figures = [
        Figure(
            column,
            line[column.name],
            _with(address, column.opens) if line[column.name] else "",
            kept[column.name] if line[column.name] != kept[column.name] else None,
        )
        for column in COLUMNS
        if column.name in line
    ]
    rates = [
        (rate, value, f"{line[rate.over]} ÷ {line[rate.under]}" if rate.over in line else "")
        for rate, value in rates_of(line)
    ]
    now = {rate.name: value for rate, value, _division in rates}
    former = {rate.name: value for rate, value in rates_of(kept) if value != now[rate.name]}
    return Row(name, figures_at(ledger.list_name, asked), figures, rates, former)


def _with(address: str, filters: dict[str, str]) -> str:
    return f"{address}&{urlencode(filters)}" if filters else address
