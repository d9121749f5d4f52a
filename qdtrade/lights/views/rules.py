"""By what lights are judged: the thresholds in words, version by version."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from qdtrade import clock
from qdtrade.errors import refusal_of
from qdtrade.programmes.current import current_programme

from .. import rules
from ..models import LightRule
from ..rule_words import ahead, dimensions


@require_safe
def light_rules(request: HttpRequest) -> HttpResponse:
    """The version in force, or the one that the address names, and when the others held."""
    programme, today = current_programme(request), clock.today()
    rows = LightRule.objects.visible_to(request.user).filter(programme=programme).select_related("made_by")
    versions = list(rows.in_order())
    holds = rows.in_force(today).first()
    rule = _chosen(request, versions, holds)
    context = {
        "programme": programme,
        "rule": rule,
        "holds": holds,
        "last": versions[0] if versions else None,
        "versions": versions,
        "dimensions": dimensions(rule) if rule else [],
        "ahead": ahead(rule) if rule else "",
        "may_change": not refusal_of(lambda: rules.runs_programme(programme, request.user)),
    }
    return render(request, "lights/rules.html", context)


def _chosen(request: HttpRequest, versions: list[LightRule], holds: LightRule | None) -> Any:
    asked = request.GET.get("version", "")
    if not asked:
        return holds
    found = next((one for one in versions if str(one.version) == asked), None)
    if found is None:
        raise Http404
    return found
