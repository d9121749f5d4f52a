"""What the tasks owe when a period opens, and the figures that are kept when it is frozen."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q

from qdtrade import clock
from qdtrade.programmes.ledgers import Ledger
from qdtrade.programmes.models import Period, Timeliness
from qdtrade.workflow import Act, Written

from .models import ExpectedReport, Report, Task


def write_expected(period: Period, act: Act) -> Iterator[Written]:
    """One expected row and its report for each task in progress or claimed on the day the period opens."""
    tasks = Task.objects.filter(programme=period.programme, status__in=Task.REPORTING)
    rows = [
        ExpectedReport(task=task, period=period, bureau=task.lead) for task in tasks.for_move().in_order()
    ]
    yield [*rows]
    yield [Report(expected=row) for row in rows]


def figures(period: Period) -> dict[str, Any]:
    """The counts of a period: everything a rate divides (DOMAIN, reporting period)."""
    rows = ExpectedReport.objects.filter(period=period).with_timeliness(clock.now())
    timely = {
        name: Count("pk", filter=Q(timeliness=name))
        for name in (
            Timeliness.EXEMPT,
            Timeliness.ON_TIME,
            Timeliness.LATE,
            Timeliness.MISSING,
            Timeliness.DUE,
        )
    }
    states = {
        "submitted": Count("pk", filter=Q(report__status=Report.Status.SUBMITTED)),
        "returned": Count("pk", filter=Q(report__status=Report.Status.RETURNED)),
        "approved": Count("pk", filter=Q(report__in_force__isnull=False)),
        "exceptions": Count("pk", filter=Q(exception_until__isnull=False)),
    }
    counts = rows.aggregate(expected=Count("pk"), **{str(k): v for k, v in timely.items()}, **states)
    return {
        **counts,
        "filed": counts["on_time"] + counts["late"],
        "owed": counts["expected"] - counts["exempt"],
    }


LEDGER = Ledger("tasks", write_expected, figures)
