"""Clearing the signings that were invented for the demo, before the real ones are read in (DECISIONS 19)."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from qdtrade.audit import trail
from qdtrade.programmes import ledgers
from qdtrade.programmes.actions.removing import remove_rows
from qdtrade.programmes.models import Period, Programme
from tasks.actions.samples import sample_tasks

from .. import rules
from ..models import (
    ExpectedUpdate,
    Gate,
    GateFile,
    MoneyEvent,
    Partner,
    Project,
    ProjectOverride,
    ProjectPartner,
    ProjectTask,
    SigningEvent,
)

Rows = models.QuerySet[Any]
INVENTED = Q(is_sample=True) | ~Q(sample_fields=[])


def sample_projects(programme: Programme) -> "models.QuerySet[Project]":
    """The projects that are invented, or of which some fields are."""
    return Project.objects.filter(INVENTED, programme=programme)


def count_samples(programme: Programme) -> dict[str, int]:
    """How many rows of each kind `remove_samples` would remove."""
    return {trail.kind_of(rows.model): rows.count() for rows in _sample_rows(programme)}


def remove_samples(programme: Programme, *, by: Any) -> dict[str, int]:
    """Remove the demo's projects with their gates, money and updates, and the periods in which nothing else was owed.

    Before the sample tasks, which they serve. Every row that goes leaves an event that says what it held; returns how
    many went, by kind. Sectors stay, and the codes may be used again.
    """
    acting = rules.runs_programme(programme, by)
    with trail.unit():
        list(sample_projects(programme).select_for_update(of=("self",)).order_by("pk"))
        return {
            trail.kind_of(rows.model): remove_rows(rows, "remove_sample", by=by, acting=acting)
            for rows in _sample_rows(programme)
        }


def _sample_rows(programme: Programme) -> Iterator[Rows]:
    """Everything that goes, with what its name in the records needs; the projects, by which all is found, near last."""
    projects = sample_projects(programme)
    served = Q(project__in=projects) | Q(task__in=sample_tasks(programme))
    yield GateFile.objects.filter(gate__project__in=projects).select_related("gate__project")
    yield Gate.objects.filter(project__in=projects).select_related("project")
    yield ProjectOverride.objects.filter(project__in=projects).select_related("project")
    yield MoneyEvent.objects.filter(project__in=projects).select_related("project")
    yield ExpectedUpdate.objects.filter(project__in=projects).select_related("project", "period")
    yield _sample_periods(programme)
    yield ProjectPartner.objects.filter(project__in=projects).select_related("project", "partner")
    yield ProjectTask.objects.filter(served).select_related("project", "task")
    yield projects
    others = Project.objects.exclude(pk__in=projects.values("pk"))
    used = ProjectPartner.objects.filter(project__in=others, partner=OuterRef("pk"))
    yield Partner.objects.filter(INVENTED, ~Exists(used), programme=programme)
    signed_there = others.filter(event=OuterRef("pk"))
    yield SigningEvent.objects.filter(INVENTED, ~Exists(signed_there), programme=programme)


def _sample_periods(programme: Programme) -> Rows:
    """Periods of updates that have opened and in which samples alone were owed: their figures are invented too."""
    periods = programme.periods.filter(kind=programme.update_kind).exclude(status=Period.Status.PLANNED)
    others = ExpectedUpdate.objects.filter(period=OuterRef("pk"))
    others = others.exclude(project__in=sample_projects(programme))
    return ledgers.unowed(periods.filter(~Exists(others)), but=("projects",))
