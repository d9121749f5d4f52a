"""What the tasks owe when a period opens, and the figures that are kept when it is frozen."""

from collections.abc import Iterator, Sequence
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


def counts(periods: Sequence[Period]) -> dict[int, dict[str, int]]:
    """The counts of each period by its id: everything a rate divides (DOMAIN, reporting period)."""
    rows = ExpectedReport.objects.filter(period__in=periods).with_timeliness(clock.now())
    timely = {str(name): Count("pk", filter=Q(timeliness=name)) for name in Timeliness.values}
    states = {
        "submitted": Count("pk", filter=Q(report__status=Report.Status.SUBMITTED)),
        "returned": Count("pk", filter=Q(report__status=Report.Status.RETURNED)),
        "approved": Count("pk", filter=Q(report__in_force__isnull=False)),
        "exceptions": Count("pk", filter=Q(exception_until__isnull=False)),
    }
    found = rows.order_by().values("period").annotate(expected=Count("pk"), **timely, **states)
    known = {line.pop("period"): line for line in found}
    nothing = dict.fromkeys(("expected", *timely, *states), 0)
    return {period.pk: _with_sums(known.get(period.pk, nothing)) for period in periods}


def _with_sums(line: dict[str, int]) -> dict[str, int]:
    filed, owed = line["on_time"] + line["late"], line["expected"] - line["exempt"]
    return {**line, "filed": filed, "owed": owed}


def figures(period: Period) -> dict[str, Any]:
    """The counts of one period, as they are kept when it is frozen."""
    return counts([period])[period.pk]


LEDGER = Ledger("tasks", write_expected, figures, counts)
