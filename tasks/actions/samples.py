"""Clearing what was invented for the demo, before the real register is imported (DECISIONS 19)."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from qdtrade.audit import trail
from qdtrade.programmes import ledgers
from qdtrade.programmes.actions.removing import remove_rows
from qdtrade.programmes.models import Period, Programme

from .. import rules
from ..models import (
    Draft,
    ExpectedPart,
    ExpectedReport,
    Extension,
    Milestone,
    Part,
    PartFile,
    Report,
    ReportFile,
    ReportVersion,
    Task,
    TaskBureau,
    TaskOverride,
)

Rows = models.QuerySet[Any]


def sample_tasks(programme: Programme) -> "models.QuerySet[Task]":
    """The tasks that are invented, or of which some fields are."""
    return Task.objects.filter(Q(is_sample=True) | ~Q(sample_fields=[]), programme=programme)


def count_samples(programme: Programme) -> dict[str, int]:
    """How many rows of each kind `remove_samples` would remove."""
    return {trail.kind_of(rows.model): rows.count() for rows in _sample_rows(programme)}


def remove_samples(programme: Programme, *, by: Any) -> dict[str, int]:
    """Remove the demo's tasks, all that was reported on them, and the periods in which nothing else was owed.

    Every row that goes leaves an event that says what it held; returns how many went, by kind. People, bureaus and
    working days stay, evidence that no report holds any more is swept later, and the codes may be used again.
    """
    acting = rules.runs_programme(programme, by)
    with trail.unit():
        list(sample_tasks(programme).select_for_update(of=("self",)).order_by("pk"))
        drafts = Draft.objects.filter(report__in=_sample_reports(programme)).order_by()
        drafts._raw_delete(drafts.db)
        return {
            trail.kind_of(rows.model): remove_rows(rows, "remove_sample", by=by, acting=acting)
            for rows in _sample_rows(programme)
        }


def _sample_reports(programme: Programme) -> Rows:
    expected = ExpectedReport.objects.filter(task__in=sample_tasks(programme))
    return Report.objects.filter(expected__in=expected)


def _sample_rows(programme: Programme) -> Iterator[Rows]:
    """Everything that goes, with what its name in the records needs; the tasks, by which all is found, last."""
    tasks, reports = sample_tasks(programme), _sample_reports(programme)
    of_report = ("report__expected__task", "report__expected__period")
    yield ReportFile.objects.filter(report__in=reports).select_related(*of_report)
    yield ReportVersion.objects.filter(report__in=reports).select_related(*of_report)
    yield reports.select_related("expected__task", "expected__period")
    yield ExpectedReport.objects.filter(task__in=tasks).select_related("task", "period")
    of_parts = ExpectedPart.objects.filter(part__task__in=tasks)
    of_row = ("part__task", "part__bureau", "period")
    yield PartFile.objects.filter(expected__in=of_parts).select_related(
        *(f"expected__{one}" for one in of_row)
    )
    yield of_parts.select_related(*of_row)
    yield _sample_periods(programme)
    yield Extension.objects.filter(task__in=tasks).select_related("task", "milestone", "bureau")
    yield TaskOverride.objects.filter(task__in=tasks).select_related("task")
    yield Milestone.objects.filter(task__in=tasks).select_related("task")
    yield Part.objects.filter(task__in=tasks).select_related("task", "bureau")
    yield TaskBureau.objects.filter(task__in=tasks).select_related("task", "bureau")
    yield tasks


def _sample_periods(programme: Programme) -> Rows:
    """Periods of reports that have opened and whose ledgers held samples alone: their figures are invented too."""
    periods = programme.periods.filter(kind=programme.report_kind).exclude(status=Period.Status.PLANNED)
    others = ExpectedReport.objects.filter(period=OuterRef("pk")).exclude(task__in=sample_tasks(programme))
    return ledgers.unowed(periods.filter(~Exists(others)), but=("tasks", "parts"))
