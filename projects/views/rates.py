"""The rates of a programme by count and by amount, and the page of one with the projects behind it."""

import datetime
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qdtrade import clock
from qdtrade.errors import refusal_of
from qdtrade.lists import page_of, pills, query
from qdtrade.programmes.current import current_programme, roles_in
from qdtrade.programmes.exports import Table, file_of
from qdtrade.programmes.models import Export, Programme
from qdtrade.programmes.models.membership import READS_ALL
from qdtrade.web import done

from .. import exports, rate_rows, rules
from ..actions import rates as actions
from ..filters import CohortFilter, RateRowFilter
from ..models import Project, Rate
from ..rate_showing import Shown, shown
from ..rates import evaluate

PILLS = ("event", "kind", "sector", "carrier", "on")


def _found(request: HttpRequest, programme: Programme) -> CohortFilter:
    scope = Project.objects.visible_to(request.user).filter(programme=programme)
    return CohortFilter(request.GET, scope, request=request)


def _behind(request: HttpRequest, rate: Rate) -> RateRowFilter:
    scope = Project.objects.visible_to(request.user).filter(programme=rate.programme_id)
    return RateRowFilter(request.GET, scope, request=request)


def _in_force(programme: Programme, user: Any, on: datetime.date) -> Any:
    return Rate.objects.visible_to(user).filter(programme=programme).in_force(on).in_order()


@require_GET
def rate_list(request: HttpRequest) -> HttpResponse:
    """Each rate in force on the day, over the cohort that the filters leave."""
    programme = current_programme(request)
    filters = _found(request, programme)
    projects, on = filters.rows(), filters.day()
    rates = _in_force(programme, request.user, on)
    context = _common(request, programme, filters) | {
        "rows": shown(evaluate(rates, projects, on)),
        "pills": pills(filters.form, PILLS),
        "export": f"{reverse('rates_export')}{query(request, programme=programme.code)}",
        "may_begin": not refusal_of(lambda: rules.runs_programme(programme, request.user)),
    }
    return render(request, "projects/rate_list.html", context)


def _common(request: HttpRequest, programme: Programme, filters: CohortFilter) -> dict[str, Any]:
    return {
        "programme": programme,
        "on": filters.day(),
        "is_past": filters.day() != clock.today(),
        "set": filters.in_use().keys() & {*PILLS, "part"},
        "without": query(request, **dict.fromkeys(filters.in_use().keys() - {"programme"})),
        "asked": query(request, programme=programme.code, part=None),
        "is_whole": bool(roles_in(request.user, programme) & set(READS_ALL)),
        "now": clock.now(),
    }


@require_GET
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    """One version of a rate: its formula in words, what it comes to, and the projects behind it."""
    row = get_object_or_404(_versions(request), pk=pk)
    programme, filters = row.programme, _behind(request, row)
    projects, on = filters.rows(), filters.day()
    found = rate_rows.rows(row, projects, on, filters.part_asked())
    page = page_of(request, found)
    holds = _in_force(programme, request.user, on).filter(code=row.code).first()
    context = _common(request, programme, filters) | {
        "rate": row,
        "one": _one(row, projects, on),
        "page": page,
        "behind": rate_rows.behind(page),
        "parts": [(part.value, part.label) for part in rate_rows.Part],
        "part": filters.part_asked(),
        "versions": _versions(request).filter(programme=programme, code=row.code).order_by("-version"),
        "holds": holds,
        "pills": pills(filters.form, PILLS),
        "export": f"{reverse('rate_export', args=[row.pk])}{query(request, programme=programme.code)}",
        "may_change": not refusal_of(lambda: rules.runs_programme(programme, request.user)),
    }
    return render(request, "projects/rate.html", context)


def _versions(request: HttpRequest) -> Any:
    return Rate.objects.visible_to(request.user).select_related("programme", "made_by")


def _one(row: Rate, projects: Any, on: datetime.date) -> Shown:
    return shown(evaluate([row], projects, on))[0]


@require_GET
def rates_export(request: HttpRequest) -> StreamingHttpResponse:
    """The rates in force as a file: values, numerators, denominators and their rules."""
    programme = current_programme(request)
    filters = _found(request, programme)
    projects, on = filters.rows(), filters.day()
    made = partial(evaluate, projects=projects, on=on)
    table = Table(
        Export.What.RATES,
        _in_force(programme, request.user, on),
        exports.RATE_COLUMNS,
        lambda rows: shown(made(rows)),
    )
    return file_of(table, programme=programme, asked=request.GET, filters=filters.in_use(), by=request.user)


@require_GET
def rate_export(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The projects behind a rate as a file."""
    row = get_object_or_404(_versions(request), pk=pk)
    programme, filters = row.programme, _behind(request, row)
    found = rate_rows.rows(row, filters.rows(), filters.day(), filters.part_asked())
    table = Table(Export.What.RATE_ROWS, found, exports.rate_row_columns(row), rate_rows.behind)
    named = {"rate": str(row), **filters.in_use()}
    return file_of(table, programme=programme, asked=request.GET, filters=named, by=request.user)


@require_POST
def rates_begin(request: HttpRequest) -> HttpResponse:
    """The rates that a programme begins with, before anything is signed."""
    programme = current_programme(request)
    actions.begin_with_rates(programme, by=request.user)
    return done(request, _("The programme has its rates, each in its first version."), "rate_list")
