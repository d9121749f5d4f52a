"""What became of the signings: how much of their fixed cohort passed each gate (`projects.figures`)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count

from projects import figures
from projects.figures import Tally, Whole
from projects.models import Gate, Project
from qdtrade.charts.bars import length

from .asked import Figure, Scope

ROOM = 1000


@dataclass(frozen=True)
class Passed:
    """A gate: who of the cohort passed it, with their amount and its share."""

    label: Any
    figure: Figure
    tally: Tally
    of_count: Decimal | None
    share: Decimal | None
    long: int


@dataclass(frozen=True)
class Signed:
    """The panel: the cohort, of what kinds it is, and its gates."""

    whole: Whole
    all: Figure
    kinds: list[tuple[Any, Figure]]
    gates: list[Passed]
    registered: Passed


def signed(scope: Scope) -> Signed:
    """The panel, in three questions."""
    projects = scope.projects()
    whole, passed = figures.whole(projects, scope.today), figures.passed(projects, scope.today)
    cohort = Project.objects.filter(pk__in=figures.cohort(projects, scope.today).values("pk"))
    kinds = dict(cohort.order_by().values_list("kind").annotate(count=Count("pk")))
    gates = {step: _gate(scope, step, passed[step], whole) for step in Gate.Step}
    return Signed(
        whole=whole,
        all=_figure(scope, whole.count),
        kinds=[
            (kind.label, _figure(scope, kinds[kind], kind=kind)) for kind in Project.Kind if kind in kinds
        ],
        gates=list(gates.values()),
        registered=gates[Gate.Step.REGISTERED],
    )


def _gate(scope: Scope, step: Any, tally: Tally, whole: Whole) -> Passed:
    return Passed(
        label=step.label,
        figure=_figure(scope, tally.count, passed=step),
        tally=tally,
        of_count=figures.share(tally.count, whole.count),
        share=figures.share(tally.amount, whole.amount),
        long=length(tally.amount, whole.amount, ROOM),
    )


def _figure(scope: Scope, count: int, **asked: Any) -> Figure:
    return scope.figure(count, "project_list", countable="true", **asked)
