"""What the tasks owe when a period opens, and how that is counted."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qdtrade import clock
from qdtrade.programmes.ledgers import BY_BUREAU, Group, Ledger
from qdtrade.programmes.models import Period
from qdtrade.workflow import Act, Written

from .models import ExpectedPart, ExpectedReport, Part, Report, ReportVersion, Task
from .models.task import TaskQuerySet


def write_expected(period: Period, act: Act) -> Iterator[Written]:
    """One expected row and its report for each task in progress or claimed on the day the period opens.

    Tasks are reported in the periods of the kind that the programme chose, and in no others.
    """
    if not period.is_of_reports:
        return
    tasks = _locked(Task.objects.filter(programme=period.programme, status__in=Task.REPORTING))
    rows = [ExpectedReport(task=task, period=period, bureau=task.lead) for task in tasks]
    yield [*rows]
    yield [Report(expected=row) for row in rows]


def write_expected_parts(period: Period, act: Act) -> Iterator[Written]:
    """One row for each accepted part of a task in progress or claimed on the day the period opens."""
    if not period.is_of_reports:
        return
    tasks = _locked(Task.objects.filter(programme=period.programme, status__in=Task.REPORTING))
    parts = Part.objects.filter(task__in=[task.pk for task in tasks], status=Part.Status.ACCEPTED)
    parts = parts.select_related("task", "bureau").order_by("pk")
    yield [ExpectedPart(part=part, period=period, bureau=part.bureau) for part in parts]


def _locked(tasks: TaskQuerySet) -> TaskQuerySet:
    """In the order of their ids, so that none is handed over or suspended while the period opens.

    Locked alone, then read with what belongs to them: a row that waited for its lock while its bureau changed would not
    be found by a join.
    """
    ids = [pk for (pk,) in tasks.select_for_update(no_key=True).order_by("pk").values_list("pk")]
    return Task.objects.filter(pk__in=ids).select_related("programme", "lead", "field").order_by("pk")


def task_page(row: Any) -> str:
    """The page of the task that a row is about."""
    return reverse("task", args=[row.task_id])


def part_page(row: Any) -> str:
    """The page of what was filed on a part."""
    return reverse("part_report", args=[row.pk])


SENT_BACK = Exists(
    ReportVersion.objects.filter(report__expected=OuterRef("pk"), decision=ReportVersion.Decision.RETURNED)
)
"""Rows whose report was returned at least once, whatever became of it."""


def decided_since(decision: str, day: datetime.date) -> Exists:
    """Rows of whose report any version was decided so on this day in Beijing or later."""
    versions = ReportVersion.objects.filter(
        report__expected=OuterRef("pk"), decision=decision, decided_at__gte=clock.start_of(day)
    )
    return Exists(versions)


LEDGER = Ledger(
    name="tasks",
    label=_("Progress reports of tasks"),
    opens=write_expected,
    rows=ExpectedReport.objects.visible_to,
    everything=ExpectedReport.objects.all,
    list_name="report_list",
    row_url=task_page,
    states={
        "submitted": Count("pk", filter=Q(report__status=Report.Status.SUBMITTED)),
        "returned": Count("pk", filter=Q(report__status=Report.Status.RETURNED)),
        "sent_back": Count("pk", filter=SENT_BACK),
        "approved": Count("pk", filter=Q(report__in_force__isnull=False)),
    },
    groups={
        "bureau": BY_BUREAU,
        "field": Group("task__field", "task__field__name", ("task__field__number",), _("By field")),
    },
)

PARTS_LEDGER = Ledger(
    name="parts",
    label=_("Parts of tasks"),
    opens=write_expected_parts,
    rows=ExpectedPart.objects.visible_to,
    everything=ExpectedPart.objects.all,
    list_name="part_report_list",
    row_url=part_page,
    groups={
        "bureau": BY_BUREAU,
        "field": Group(
            "part__task__field", "part__task__field__name", ("part__task__field__number",), _("By field")
        ),
    },
)
LEDGERS = (LEDGER, PARTS_LEDGER)
