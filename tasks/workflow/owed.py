"""What a move of a task does to the reports that are owed for it now (DOMAIN, hand-over; clocks stop at rest)."""

from collections.abc import Iterator
from typing import Any

from qdtrade.accounts.models import Bureau
from qdtrade.programmes.models import Period, Released
from qdtrade.workflow import Act, Written

from ..models import ExpectedReport, Report, Task
from .acts import day_of


def rows(task: Task) -> list[ExpectedReport]:
    """The rows of running periods that nothing was submitted for: those that a move of the task may let go."""
    found = ExpectedReport.objects.filter(
        task=task, period__status__in=Period.RUNNING, first_submitted_at=None, exempt_reason=""
    )
    return list(found.order_by("pk"))


def release(task: Task, act: Act, why: Released) -> Iterator[Written]:
    """Exempts what is neither submitted nor past due; the rest stays with who owed it then."""
    yield from ((row, fields) for row, fields in _released(task, act, why))


def pass_on(task: Task, act: Act, bureau: Bureau) -> Iterator[Written]:
    """What is neither submitted nor past due becomes exempt, and the new lead owes it instead."""
    left = []
    for row, fields in _released(task, act, Released.HANDED_OVER):
        left.append(row)
        yield row, fields
    anew = [ExpectedReport(task=task, period=row.period, bureau=bureau) for row in left]
    had = set(
        ExpectedReport.objects.filter(
            task=task, bureau=bureau, period__in=[row.period for row in left]
        ).values_list("period", flat=True)
    )
    anew = [row for row in anew if row.period.pk not in had]
    if anew:
        yield [*anew]
        yield [Report(expected=row) for row in anew]


def _released(task: Task, act: Act, why: Released) -> Iterator[tuple[ExpectedReport, dict[str, Any]]]:
    """Read again under the task's lock: a period that opened meanwhile, or a submission that came first, counts."""
    found = ExpectedReport.objects.filter(
        task=task,
        period__status__in=Period.RUNNING,
        period__due_on__gte=day_of(act),
        first_submitted_at=None,
        exempt_reason="",
    )
    found = found.select_for_update(of=("self",), no_key=True).select_related("period", "bureau")
    for row in found.order_by("pk"):
        row.task = task
        yield row, {"exempt_reason": str(why), "exempt_at": act.at, "exempt_by": act.by}
