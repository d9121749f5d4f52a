"""By carrier: what each zone or bureau has promised and done. Every figure opens exactly its rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from qdtrade import clock, money
from qdtrade.accounts.models import Bureau
from qdtrade.errors import Words
from qdtrade.lists import kept, page_of, pills, query
from qdtrade.programmes.current import current_programme
from qdtrade.programmes.exports import Column, Table, file_of
from qdtrade.programmes.models import Export
from qdtrade.templatetags.words import grouped as with_commas

from .. import grouped
from ..carriers import Line, lines, total
from . import above

Value = Callable[[Line], Any]


@dataclass(frozen=True)
class Figure:
    """A column: its words, its value, and what of the list of projects or of updates it opens."""

    label: Words
    value: Value
    opens: dict[str, str] | None = None
    kind: str = "count"
    is_alarm: bool = False
    of_updates: bool = False


SIGNED = (
    Figure(pgettext_lazy("by carrier", "Projects"), lambda line: line.signed.count, {}),
    Figure(pgettext_lazy("by carrier", "Ended"), lambda line: line.group.ended, {"ended": "true"}),
    Figure(pgettext_lazy("by carrier", "Planned, 亿元"), lambda line: line.signed.amount, {}, "amount"),
)
DONE = (
    Figure(
        pgettext_lazy("by carrier", "Contract"), lambda line: line.contracted.count, {"passed": "contract"}
    ),
    Figure(
        pgettext_lazy("by carrier", "Contract, 亿元"),
        lambda line: line.contracted.amount,
        {"passed": "contract"},
        "amount",
    ),
    Figure(pgettext_lazy("by carrier", "Started"), lambda line: line.started.count, {"passed": "started"}),
    Figure(
        pgettext_lazy("by carrier", "Started, 亿元"),
        lambda line: line.started.amount,
        {"passed": "started"},
        "amount",
    ),
)
MONEY = (
    Figure(pgettext_lazy("by carrier", "In, 亿元"), lambda line: line.came_in, {"money": "in"}, "amount"),
    Figure(pgettext_lazy("by carrier", "Of planned"), lambda line: line.in_share, None, "share"),
)
UPDATES = (
    Figure(
        pgettext_lazy("by carrier", "On time"), lambda line: line.updates["on_time"], {"timeliness": "on_time"},
        of_updates=True,
    ),
    Figure(
        pgettext_lazy("by carrier", "Late"), lambda line: line.updates["late"], {"timeliness": "late"},
        is_alarm=True, of_updates=True,
    ),
    Figure(
        pgettext_lazy("by carrier", "Missing"), lambda line: line.updates["missing"], {"timeliness": "missing"},
        is_alarm=True, of_updates=True,
    ),
    Figure(pgettext_lazy("by carrier", "On-time rate"), lambda line: line.on_time_share, None, "share"),
)  # fmt: skip
BLOCKS: tuple[tuple[Words, tuple[Figure, ...]], ...] = (
    (pgettext_lazy("by carrier", "Promised"), SIGNED),
    (pgettext_lazy("by carrier", "Passed gates"), DONE),
    (pgettext_lazy("by carrier", "Money"), MONEY),
    (pgettext_lazy("by carrier", "Updates"), UPDATES),
)


@dataclass(frozen=True)
class Cell:
    """A figure in words with the address of its rows; none for nothing."""

    figure: Figure
    words: str
    is_nothing: bool
    url: str
    first: bool


NAMES = above.COHORT - {"search", "q", "partner", "task"}
"""The list of updates knows these filters too, so that its figures open exactly what they count."""


@require_GET
def project_carriers(request: HttpRequest) -> HttpResponse:
    """What each carrier has promised and done, the largest first."""
    programme, now, today = current_programme(request), clock.now(), clock.today()
    meant = above.Meant(request, programme, NAMES)
    projects = meant.projects()
    page = page_of(request, grouped.rows(projects, "carrier", today))
    found = lines(projects, now, today, list(page))
    names = _bureaus(request.user, found)
    context = {
        "programme": programme,
        "page": page,
        "blocks": BLOCKS,
        "rows": [(names[line.group.key], _cells(meant, line, names)) for line in found],
        "sums": _cells(meant, total(projects, now, today)),
        "funnel": above.funnel(meant, today),
        "ways": above.ways(request, programme, "project_carriers"),
        "pills": pills(meant.filters().form, above.PILLS),
        "set": above.asked(request, above.PILLS).keys(),
        "kept": kept(request, "programme", *above.PILLS),
        "export": f"{reverse('project_carriers_export')}{query(request, programme=programme.code)}",
        "is_narrowed": bool(meant.filters().in_use().keys() - {"programme"}),
        "without": f"?programme={programme.code}",
        "now": now,
    }
    return render(request, "projects/carriers.html", context)


def _bureaus(user: Any, found: Iterable[Line]) -> dict[Any, Bureau]:
    keys = [line.group.key for line in found if line.group.key]
    return {one.pk: one for one in Bureau.objects.visible_to(user).filter(pk__in=keys)}


def _cells(meant: above.Meant, line: Line, names: dict[Any, Bureau] | None = None) -> list[Cell]:
    """A line's figures; those of all carriers where no names are given."""
    of = names[line.group.key].code if names is not None else None
    return [
        Cell(
            figure=one,
            words=_words(one, one.value(line)),
            is_nothing=not one.value(line),
            url=_url(meant, one, of) if one.value(line) else "",
            first=number == 0,
        )
        for _label, block in BLOCKS
        for number, one in enumerate(block)
    ]


def _words(figure: Figure, value: Any) -> str:
    if figure.kind == "count":
        return with_commas(value)
    if figure.kind == "amount":
        return money.yi(value)
    return "—" if value is None else f"{value} %"


def _url(meant: above.Meant, figure: Figure, bureau: str | None) -> str:
    if figure.opens is None:
        return ""
    name = "project_update_list" if figure.of_updates else "project_list"
    of = {} if bureau is None else {"bureau" if figure.of_updates else "carrier": bureau}
    return meant.opens(name, **figure.opens, **of)


@require_GET
def project_carriers_export(request: HttpRequest) -> StreamingHttpResponse:
    """The table as the page shows it."""
    programme, now, today = current_programme(request), clock.now(), clock.today()
    meant = above.Meant(request, programme, NAMES)
    projects = meant.projects()

    def made(batch: Any) -> list[tuple[Bureau, Line]]:
        found = lines(projects, now, today, batch)
        names = _bureaus(request.user, found)
        return [(names[line.group.key], line) for line in found]

    table = Table(Export.What.CARRIERS, grouped.rows(projects, "carrier", today), _columns(), made)
    filters = meant.filters().in_use()
    return file_of(table, programme=programme, asked=request.GET, filters=filters, by=request.user)


def _columns() -> list[Column]:
    def of(figure: Figure) -> Any:
        if figure.kind == "amount":
            return lambda row: money.rounded(figure.value(row[1]), money.YI, 2)
        return lambda row: figure.value(row[1])

    found = [
        Column(_("%(block)s: %(what)s") % {"block": block, "what": one.label}, of(one), 12)
        for block, figures in BLOCKS
        for one in figures
    ]
    return [Column(_("Carrier"), lambda row: row[0].name, 24), *found]
