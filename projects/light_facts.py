"""What the lights of projects are judged by, read for many at once in three queries."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from qdtrade import clock
from qdtrade.lights.judging import Filed, Judged
from qdtrade.lights.kinds import Kind
from qdtrade.lights.models import LightRule
from qdtrade.lights.reporting import latest
from qdtrade.programmes.models import Membership
from qdtrade.programmes.models.programme import PeriodKind

from . import lagging, rules
from .lights import Due, Facts, light_of
from .models import ExpectedUpdate, Gate, Project, ProjectLight, ProjectOverride


def judge(
    projects: Sequence[Project],
    by_rules: Mapping[int, LightRule],
    reds: Collection[int],
    at: datetime.datetime,
) -> dict[int, Judged]:
    """The lights of these projects at a moment, by id."""
    today = clock.day_of(at)
    ids = [project.pk for project in projects]
    rows = lagging.with_lags(Project.objects.filter(pk__in=ids), today).order_by("pk")
    gates = _gates(ids)
    updates = latest(ExpectedUpdate.objects.filter(project__in=ids), "project", at)
    return {
        row.pk: light_of(
            _facts(row, gates.get(row.pk), updates.get(row.pk), row.pk in reds),
            by_rules[row.programme_id],
            today,
        )
        for row in rows
    }


def _facts(row: Any, gate: Due | None, update: Filed | None, was_red: bool) -> Facts:
    return Facts(
        status=row.status,
        gate=gate,
        missing=lagging.missing_money(row) if row.is_short else None,
        idle_days=row.idle_days if row.is_idle else None,
        update=update,
        was_red=was_red,
    )


def _gates(projects: Collection[int]) -> dict[int, Due]:
    """Of each project, the gate that waits for its carrier and is due first."""
    rows = Gate.objects.filter(project__in=projects, status__in=lagging.OPEN)
    found: dict[int, Due] = {}
    for project, step, plan_on in rows.order_by("plan_on", "number").values_list(
        "project", "step", "plan_on"
    ):
        if plan_on is not None:
            found.setdefault(project, Due(step, plan_on))
    return found


def _owing(periods: Collection[int]) -> QuerySet[Any]:
    rows = ExpectedUpdate.objects.filter(period__in=periods).order_by()
    return rows.values_list("project", flat=True)


def decides(project: Project, user: Any) -> Membership:
    """A reviewer of the programme, never of the carrier."""
    acting = rules.manages(project, user)
    rules.is_independent_of_carrier(project, user)
    return acting


PROJECTS = Kind(
    name="project",
    model=Project,
    lights=ProjectLight,
    overrides=ProjectOverride,
    judge=judge,
    of_periods=_owing,
    period_kind=Coalesce(NullIf(F("programme__project_period_kind"), Value("")), Value(PeriodKind.QUARTER)),
    reads=frozenset({"project", "gate", "moneyevent", "expectedupdate", "projectoverride"}),
    decides=decides,
)
