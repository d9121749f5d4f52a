"""The roadmap page: what happens when in every task, field by field, and what slips."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qdtrade import clock
from qdtrade.charts import roadmap as chart
from qdtrade.lights.levels import Level
from qdtrade.lists import kept, papers, pills, query
from qdtrade.programmes.current import current_programme

from .. import nodes, roadmap
from ..filters import TaskFilter
from ..filters import fields as fields_of
from ..models import Task
from ..models.task import TaskQuerySet
from ..roadmap import Block

PILLS = ("field", "lead", "light", "status")
HOW = {"zoom": None, "against": None, "page_size": None, "paper": None}
"""What of the address says how the picture is drawn, and not of what."""
ROWS, ROWS_ON_PAPER = 200, 2000


@require_GET
def roadmap_page(request: HttpRequest) -> HttpResponse:
    """All tasks on one line of time; a field without a task that fits the filters stays, and says so."""
    programme, today = current_programme(request), clock.today()
    scope = Task.objects.visible_to(request.user).filter(programme=programme).with_light()
    filters = TaskFilter(request.GET, scope, request=request)
    found = filters.rows()
    chosen = filters.form.cleaned_data.get("field")
    fields = [chosen] if chosen else list(fields_of(request).filter(programme=programme))
    blocks = roadmap.blocks(found, fields, today)
    axis = _axis(request, found, today)
    page = _page(request, found)
    against = request.GET.get("against") == "baseline"
    tasks = list(page)
    claimed = roadmap.claims(tasks, request.user)
    roadmap.fill(blocks, tasks, claimed, axis, today, programme=programme, against_baseline=against)
    context = {
        "programme": programme,
        "now": clock.now(),
        "axis": axis,
        "blocks": _on_page(blocks, page),
        "page": page,
        "count": page.paginator.count,
        "field_count": len(fields),
        "against_baseline": against,
        "is_whole": chosen is not None,
        "papers": papers(request, is_whole=not page.has_other_pages()),
        "zooms": _zooms(request),
        "plans": _plans(request, against),
        "kept": kept(request, "programme", *PILLS),
        "pills": pills(filters.form, PILLS),
        "set": filters.in_use().keys() & set(PILLS),
        "without": query(request, **dict.fromkeys(filters.in_use().keys() - {"programme"})),
        "opens": _opens(request, programme.code),
    }
    return render(request, "tasks/roadmap.html", context | _sentence(blocks))


def _axis(request: HttpRequest, found: TaskQuerySet, today: datetime.date) -> chart.Axis:
    zoom = chart.ZOOMS.get(request.GET.get("zoom", ""), chart.QUARTER)
    return chart.axis(
        roadmap.days(found), zoom, today=today, year=_year, step=_step, flag=nodes.flag_words(today)
    )


def _year(day: datetime.date, step: int) -> str:
    return _("%(year)d") % {"year": day.year}


def _step(day: datetime.date, step: int) -> str:
    """A quarter or a month, below its year."""
    if step == 1:
        return _("M%(month)d") % {"month": day.month}
    return _("Q%(quarter)d") % {"quarter": (day.month + 2) // 3}


def _page(request: HttpRequest, found: TaskQuerySet) -> Page[Any]:
    size = ROWS_ON_PAPER if request.GET.get("page_size") == "paper" else ROWS
    return Paginator(roadmap.for_roadmap(found), size).get_page(request.GET.get("page"))


def _on_page(blocks: list[Block], page: Page[Any]) -> list[Block]:
    """Those that have rows here; what has none at all stands on the first page."""
    shown = [block for block in blocks if block.rows or (page.number == 1 and not block.count)]
    if page.number > 1 and shown and shown[0].rows:
        before = sum(block.count for block in blocks[: blocks.index(shown[0])])
        shown[0].continues = before < page.start_index() - 1
    return shown


def _sentence(blocks: list[Block]) -> dict[str, int]:
    """What the sentence at the head counts."""
    return {
        "red": sum(block.lights.get(Level.RED, 0) for block in blocks),
        "red_overdue": sum(block.overdue.get(Level.RED, 0) for block in blocks),
    }


def _zooms(request: HttpRequest) -> list[tuple[str, str, bool]]:
    now = request.GET.get("zoom", "")
    now = now if now in chart.ZOOMS else chart.QUARTER.name
    labels = {"year": _("Years"), "quarter": _("Quarters"), "month": _("Months")}
    return [(labels[name], query(request, zoom=name), name == now) for name in chart.ZOOMS]


def _plans(request: HttpRequest, against: bool) -> list[tuple[str, str, bool]]:
    return [
        (_("Current plan"), query(request, against=None), not against),
        (_("Against the baseline"), query(request, against="baseline"), against),
    ]


def _opens(request: HttpRequest, programme: str) -> str:
    """The register with the same filters, to which a count adds its field and its light."""
    kept = query(request, **HOW, field=None, light=None, programme=None)[1:]
    return f"{reverse('task_list')}?{urlencode({'programme': programme})}{'&' if kept else ''}{kept}"
