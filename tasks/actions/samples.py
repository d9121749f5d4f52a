"""Clearing what was invented for the demo, before the real register is imported (DECISIONS 19)."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from qdtrade.audit import trail
from qdtrade.audit.canonical import Changes, snapshot
from qdtrade.notices.models import Notice
from qdtrade.programmes.models import Membership, Period, Programme

from .. import rules
from ..models import Draft, ExpectedReport, Milestone, Report, ReportFile, ReportVersion, Task, TaskBureau

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
        return {trail.kind_of(rows.model): _remove(rows, by, acting) for rows in _sample_rows(programme)}


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
    yield _sample_periods(programme)
    yield Milestone.objects.filter(task__in=tasks).select_related("task")
    yield TaskBureau.objects.filter(task__in=tasks).select_related("task", "bureau")
    yield tasks


def _sample_periods(programme: Programme) -> Rows:
    """Periods that have opened and whose ledger held samples alone: their figures are invented too."""
    others = ExpectedReport.objects.filter(period=OuterRef("pk")).exclude(task__in=sample_tasks(programme))
    return programme.periods.exclude(status=Period.Status.PLANNED).filter(~Exists(others))


def _remove(rows: Rows, by: Any, acting: Membership) -> int:
    """Record what each row held, then remove them all; their notices go with them.

    Straight in the database: reports and versions name one another, so neither could go first one by one.
    """
    found = list(rows.order_by("pk"))
    for row in found:
        held = snapshot(row, row.recorded)
        changes: Changes = {name: [value, None] for name, value in held.items() if value is not None}
        trail.record(row, "remove_sample", by=by, acting=acting, changes=changes, is_gone=True)
    Notice.objects.filter(kind=trail.kind_of(rows.model), object_id__in=rows.order_by().values("pk")).delete()
    rows.model._default_manager.filter(pk__in=[row.pk for row in found])._raw_delete(rows.db)
    return len(found)
