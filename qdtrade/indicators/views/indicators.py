"""The list of indicators, and the page of one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qdtrade import clock
from qdtrade.errors import refusal_of
from qdtrade.imports.rules import may_import
from qdtrade.lists import list_page, page_of, pills, query, search_pill
from qdtrade.programmes.current import current_programme, reviews
from qdtrade.programmes.models import Programme

from .. import rules, showing
from ..filters import IndicatorFilter
from ..models import Indicator, Reading
from ..reading_kind import READINGS
from . import indicator_page

PILLS = ("owner", "form", "ended")


@require_GET
def indicator_list(request: HttpRequest) -> HttpResponse:
    """Each indicator with its newest approved reading, and how far it is from what is aimed at."""
    programme = current_programme(request)
    scope = Indicator.objects.visible_to(request.user).filter(programme=programme)
    filters = IndicatorFilter(
        request.GET, showing.with_readings(scope.for_list().in_order()), request=request
    )
    page = page_of(request, filters.rows())
    found = showing.rows(page)
    asked = filters.in_use().keys() - {"programme"}
    context = {
        "programme": programme,
        "page": page,
        "rows": found,
        "waiting": _waiting(request.user, programme),
        "search": search_pill(filters.form, "q", _("Code, name, formula")),
        "pills": pills(filters.form, PILLS),
        "set": asked,
        "without": query(request, **dict.fromkeys(asked)),
        "export": f"{reverse('readings_export')}?programme={programme.code}",
        "exported": Reading.objects.visible_to(request.user).filter(indicator__programme=programme).count(),
        "may_import": may_import(READINGS, programme, request.user),
        "may_add": not refusal_of(lambda: rules.runs_programme(programme, request.user)),
        "now": clock.now(),
    }
    return list_page(request, "indicators/list.html", "indicators/_rows.html", context)


def _waiting(user: Any, programme: Programme) -> int:
    """How many readings wait for the pilot office; asked for its reviewers alone."""
    if not reviews(user, programme):
        return 0
    return Reading.objects.visible_to(user).filter(indicator__programme=programme).to_decide().count()


@require_GET
def indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """What it means, how it went, and what is still under way."""
    rows = Indicator.objects.visible_to(request.user).for_list()
    row = get_object_or_404(rows, pk=pk)
    return render(request, "indicators/indicator.html", indicator_page.context(request, row))
