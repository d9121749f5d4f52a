"""How the figures over the rows of a list come about: formula, numbers, filters, rows, and the records behind them."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from qdtrade import clock
from qdtrade.audit import past
from qdtrade.programmes.current import records_of, roles_in
from qdtrade.programmes.explained import Figure, Measured, Part
from qdtrade.programmes.listing import LISTINGS
from qdtrade.programmes.models.membership import READS_ALL

from ..behind import Behind
from ..records import of_programme, visible_events
from .records import MOST_COUNTED


@dataclass(frozen=True)
class Shown:
    """A figure over the rows, and the ways to the rows of each side of its division."""

    figure: Figure
    measured: Measured
    parts: list[tuple[Part, str]]


@require_safe
def figures(request: HttpRequest, listed: str) -> HttpResponse:
    """Every figure of a list over the rows that the address asks for."""
    listing = LISTINGS.get(listed)
    if listing is None or listing.explained is None:
        raise Http404
    behind = Behind(listing, request.GET, request)
    rows, user = behind.rows, request.user
    records = of_programme(visible_events(user), behind.programme).filter(behind.records())
    count = records.order_by()[: MOST_COUNTED + 1].count()
    context = {
        "programme": behind.programme,
        "listing": listing,
        "counted": listing.explained.counted,
        "number": rows.count(),
        "every": behind.every().count(),
        "filters": behind.said(),
        "rows_url": behind.url(),
        "figures": [_shown(figure, behind, user) for figure in listing.explained.figures],
        "events": min(count, MOST_COUNTED),
        "more_events": count > MOST_COUNTED,
        "events_url": "" if past.current() else records_of(user, behind.programme, rows_of=str(behind)),
        "is_whole": bool(roles_in(user, behind.programme) & set(READS_ALL)),
        "now": clock.now(),
    }
    return render(request, "home/figures.html", context)


def _shown(figure: Figure, behind: Behind, user: Any) -> Shown:
    measured = figure.measure(behind.rows, user)
    ways = [
        (part, behind.url(part.filters) if behind.narrows(part.filters) else "") for part in measured.parts
    ]
    return Shown(figure, measured, ways)
