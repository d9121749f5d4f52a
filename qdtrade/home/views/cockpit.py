"""The cockpit: where the pilot stands, why, and whom to call."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from qdtrade import clock
from qdtrade.audit import past
from qdtrade.indicators.tiles import tiles
from qdtrade.lists import papers, pills, query
from qdtrade.past.moments import AS_OF
from qdtrade.programmes.current import current_programme, roles_in
from qdtrade.programmes.models import Role
from tasks import slippage
from tasks.models import Task

from ..cockpit import asked, changed, course, frozen, lit, owing, reporting, reviewing, said, signed
from ..cockpit.asked import PILLS, CockpitFilter, Scope

REFRESH = 600
"""Seconds after which a wall asks for itself anew."""
WORST_BUREAUS = 8
LIT_BUREAUS = 12
CHASING = {Role.MANAGER, Role.AUDITOR, Role.HEAD}
"""Who has the page of who owes what in their menu."""


@require_safe
def cockpit(request: HttpRequest) -> HttpResponse:
    """All panels; `wall=1` shows them on one screen of a meeting room. A past period is read at its own moment."""
    programme = current_programme(request)
    with past.present():
        periods = list(asked.opened(request))
        period = frozen.chosen(request, periods)
        told = frozen.frozen(request.user, period)
    if period is not None and past.current() is None:
        moment = {AS_OF: frozen.moment_of(period)}
        return redirect(f"{request.path}{query(request)}&{urlencode(moment)}")
    if period is not None:
        request.of_the_past = ("period",)  # type: ignore[attr-defined]
    filters = CockpitFilter(request.GET, Task.objects.visible_to(request.user), request=request)
    scope = asked.scope_of(request.user, programme, filters, periods)
    is_wall = bool(request.GET.get("wall"))
    context = _panels(scope, periods) | {
        "programme": programme,
        "scope": scope,
        "is_wall": is_wall,
        "frozen": told,
        "pills": pills(filters.form, PILLS),
        "set": filters.in_use().keys() & set(PILLS),
        "period_of_past": period,
        "here": query(request, programme=programme.code, wall=None),
        "wall": query(request, programme=programme.code, wall="1"),
        "papers": papers(request),
        "now": clock.now(),
    }
    answer = render(request, "home/cockpit_wall.html" if is_wall else "home/cockpit.html", context)
    if is_wall:
        answer.headers["Refresh"] = str(REFRESH)
    return answer


def _panels(scope: Scope, periods: list[Any]) -> dict[str, Any]:
    """Every panel, each counted by its own module in a fixed number of queries."""
    lights, by_field = lit.lights(scope), lit.by_field(scope)
    breakthroughs = course.breakthroughs(scope)
    reports = reporting.reporting(scope, periods)
    may_chase = bool(roles_in(scope.user, scope.programme) & CHASING)
    return {
        "sentence": said.sentence(scope, breakthroughs, lights, by_field, reports),
        "course": breakthroughs,
        "lights": lights,
        "by_field": by_field,
        "by_bureau": lit.by_bureau(scope, LIT_BUREAUS),
        "by_state": lit.by_state(scope),
        "reporting": reports,
        "reviewing": reviewing.reviewing(scope),
        "owing": owing.owing(scope, WORST_BUREAUS, may_chase=may_chase),
        "slipped": _slipped(scope),
        "changed": changed.changed(scope),
        "signed": signed.signed(scope),
        "tiles": tiles(scope.user, scope.programme),
    }


def _slipped(scope: Scope) -> dict[str, Any]:
    """Plans against baselines: of tasks, and of milestones with the tasks that they belong to."""
    tasks = scope.tasks()
    due, milestones = slippage.of_tasks(tasks), slippage.of_milestones(tasks)
    return {
        "due": due,
        "due_figure": scope.figure(due.count, "task_list", moved="due"),
        "milestones": milestones,
        "milestones_figure": scope.figure(milestones.tasks, "task_list", moved="milestone"),
    }
