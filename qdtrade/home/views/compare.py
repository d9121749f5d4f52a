"""Two days of a programme side by side: what was added, changed and removed, as a page and as a file."""

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qdtrade import clock
from qdtrade.errors import NotAllowed
from qdtrade.lists import list_page, page_of, pills, query, search_pill
from qdtrade.past.moments import AsOf, read
from qdtrade.past.pages import has_past
from qdtrade.programmes.current import current_programme
from qdtrade.programmes.exports import Table, file_of
from qdtrade.programmes.models import Export, Programme
from qdtrade.templatetags import days

from .. import comparison
from ..exports import COMPARISON_COLUMNS
from ..filters import ComparisonFilter
from ..records import object_page, reads_whole

USUAL_DAYS = 7
"""How many days before today a comparison begins where nobody says."""


@require_GET
def records_compare(request: HttpRequest) -> HttpResponse:
    """What became of every object of the registers between two days."""
    programme = _programme(request)
    earlier, later = _ends(request)
    filters = _filters(request, programme, earlier, later)
    without_what = ComparisonFilter(_without(request, "what"), filters.queryset, request=request)
    page = page_of(request, filters.rows())
    context = {
        "programme": programme,
        "earlier": earlier,
        "later": later,
        "latest": days.iso(clock.today()),
        "page": page,
        "rows": [(one, *_links(one, earlier, later, programme)) for one in comparison.compared(page)],
        "counts": _counts(request, comparison.counts(without_what.rows())),
        "pills": pills(filters.form, ["kind"]),
        "search": search_pill(filters.form, "q", _("Object")),
        "export": f"{reverse('records_compare_export')}{query(request, programme=programme.code)}",
        "without": query(request, kind=None, q=None, what=None),
    }
    return list_page(request, "home/compare.html", "home/_compare_rows.html", context)


@require_GET
def records_compare_export(request: HttpRequest) -> StreamingHttpResponse:
    """The same with a line for each field, as CSV or .xlsx."""
    programme = _programme(request)
    filters = _filters(request, programme, *_ends(request))
    table = Table(Export.What.COMPARISON, filters.rows(), COMPARISON_COLUMNS, comparison.field_lines)
    return file_of(table, programme=programme, asked=request.GET, filters=filters.in_use(), by=request.user)


def _programme(request: HttpRequest) -> Programme:
    programme = current_programme(request)
    if not reads_whole(request.user, programme.pk):
        words = _(
            "Two days are compared by the reviewers, the auditors and the administrators of a programme."
        )
        raise NotAllowed(words)
    return programme


def _ends(request: HttpRequest) -> tuple[AsOf, AsOf]:
    """The two moments, the earlier one first; raises ValidationError with the name of one that is none."""
    today = clock.today()
    usual = {"from": today - datetime.timedelta(days=USUAL_DAYS), "to": today}
    first, second = (read(request.GET.get(name) or days.iso(day), name) for name, day in usual.items())
    return (first, second) if first.moment <= second.moment else (second, first)


def _filters(request: HttpRequest, programme: Programme, earlier: AsOf, later: AsOf) -> ComparisonFilter:
    rows = comparison.objects(comparison.span(programme, earlier, later))
    return ComparisonFilter(request.GET, rows, request=request)


def _without(request: HttpRequest, name: str) -> Any:
    data = request.GET.copy()
    data.pop(name, None)
    return data


def _counts(request: HttpRequest, found: dict[str, int]) -> list[dict[str, Any]]:
    """The counts above the list, each a filter itself."""
    asked = request.GET.get("what", "")
    cells = [("", _("All"), sum(found.values()))]
    cells += [(name, str(comparison.BECAME[name]), count) for name, count in found.items()]
    return [
        {"label": label, "count": count, "current": name == asked, "url": query(request, what=name or None)}
        for name, label, count in cells
    ]


def _links(
    one: comparison.Compared, earlier: AsOf, later: AsOf, programme: Programme
) -> tuple[str, str, str]:
    """To the object before, after, and to its records; empty where there is none."""
    page = object_page(one.row)
    page = page if has_past(page) else ""
    records = (
        f"{reverse('records')}?programme={programme.code}&kind={one.row.kind}&object={one.row.object_id}"
    )
    before = f"{page}?as_of={earlier.text}" if page and one.became != comparison.ADDED else ""
    after = f"{page}?as_of={later.text}" if page and one.became != comparison.REMOVED else ""
    return before, after, records
