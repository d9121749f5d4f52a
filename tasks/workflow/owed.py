"""What a move of a task or a part does to what is owed for it now (DOMAIN, hand-over; clocks stop at rest)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from qdtrade.accounts.models import Bureau
from qdtrade.programmes.models import Expected, Period, Released
from qdtrade.workflow import Act, Written

from ..models import ExpectedPart, ExpectedReport, Part, Report, Task
from .acts import day_of

NOT_SUBMITTED = Q(period__status__in=Period.RUNNING, first_submitted_at=None, exempt_reason="")


def rows(task: Task) -> list[Expected]:
    """The rows of running periods that nothing was submitted for: those that a move of the task may let go."""
    reports = ExpectedReport.objects.filter(NOT_SUBMITTED, task=task).order_by("pk")
    parts = ExpectedPart.objects.filter(NOT_SUBMITTED, part__task=task).order_by("pk")
    return [*reports, *parts]


def rows_of_part(part: Part) -> list[ExpectedPart]:
    """The same of one part."""
    return list(ExpectedPart.objects.filter(NOT_SUBMITTED, part=part).order_by("pk"))


def release(task: Task, act: Act, why: Released) -> Iterator[Written]:
    """Exempts what is neither submitted nor past due; the rest stays with who owed it then."""
    yield from _released(ExpectedReport.objects.filter(task=task), act, why)
    yield from _released(ExpectedPart.objects.filter(part__task=task), act, why)


def release_part(part: Part, act: Act, why: Released = Released.PART_DONE, *,
                 but: ExpectedPart | None = None) -> Iterator[Written]:  # fmt: skip
    """The same of one part, which is done or ended; `but` is the row by which it is said."""
    rows = ExpectedPart.objects.filter(part=part)
    yield from _released(rows.exclude(pk=but.pk) if but is not None else rows, act, why)


def pass_on(task: Task, act: Act, bureau: Bureau) -> Iterator[Written]:
    """What is neither submitted nor past due becomes exempt, and the new lead owes it instead."""
    left = []
    for row, fields in _released(ExpectedReport.objects.filter(task=task), act, Released.HANDED_OVER):
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


def _released(found: Any, act: Act, why: Released) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Read again under the task's lock: a period that opened meanwhile, or a submission that came first, counts."""
    found = found.filter(NOT_SUBMITTED, period__due_on__gte=day_of(act))
    found = found.select_for_update(of=("self",), no_key=True).for_list()
    for row in found.order_by("pk"):
        yield row, {"exempt_reason": str(why), "exempt_at": act.at, "exempt_by": act.by}
