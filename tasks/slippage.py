"""How far plans have moved from their baselines: which tasks and milestones stand later, and by how many days."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, IntegerField, Q, QuerySet
from django.db.models.functions import Cast

from .models import Milestone, Task
from .sorting import DayNumber

LATER = Q(due_on__gt=F("baseline_due_on"))
"""A task is due later than its baseline said."""
NODE_LATER = Q(plan_on__gt=F("baseline_on"))
"""A milestone is planned for a later day than its baseline's."""


def moved_tasks(tasks: QuerySet[Any]) -> QuerySet[Any]:
    """Tasks whose due date is later than their baseline's."""
    return tasks.filter(LATER)


def moved_milestones(tasks: QuerySet[Any]) -> QuerySet[Any]:
    """Milestones of these tasks that are planned for a later day than their baseline's."""
    return Milestone.objects.filter(NODE_LATER, task__in=tasks.order_by().values("pk"))


def with_moved_milestones(tasks: QuerySet[Any]) -> QuerySet[Any]:
    """Tasks of which any milestone has moved."""
    return tasks.filter(pk__in=moved_milestones(Task.objects.all()).order_by().values("task"))


@dataclass(frozen=True)
class Slippage:
    """How many moved, by how many days in the middle and at most; in how many tasks. Nothing moved: no days."""

    count: int
    median: Decimal | None
    most: int | None
    tasks: int


def of_tasks(tasks: QuerySet[Any]) -> Slippage:
    """The due dates of these tasks against their baselines."""
    days = DayNumber(F("due_on")) - DayNumber(F("baseline_due_on"))
    found = _by_days(moved_tasks(tasks), days)
    return _summed(found, sum(count for _days, count in found))


def of_milestones(tasks: QuerySet[Any]) -> Slippage:
    """The milestones of these tasks against their baselines."""
    moved = moved_milestones(tasks)
    found = _by_days(moved, DayNumber(F("plan_on")) - DayNumber(F("baseline_on")))
    return _summed(found, moved.order_by().aggregate(tasks=Count("task", distinct=True))["tasks"])


def _by_days(rows: QuerySet[Any], days: Any) -> list[tuple[int, int]]:
    """How many rows moved by each number of days, the fewest first."""
    found = rows.order_by().annotate(moved_by=Cast(days, IntegerField())).values("moved_by")
    return list(found.annotate(count=Count("pk")).order_by("moved_by").values_list("moved_by", "count"))


def _summed(found: Sequence[tuple[int, int]], tasks: int) -> Slippage:
    count = sum(rows for _days, rows in found)
    if not count:
        return Slippage(0, None, None, 0)
    return Slippage(count, median(found), found[-1][0], tasks)


def median(found: Sequence[tuple[int, int]]) -> Decimal:
    """The middle of values that come so many times each, in order; between two middles lies their half."""
    count = sum(times for _value, times in found)
    return Decimal(_nth(found, (count - 1) // 2) + _nth(found, count // 2)) / 2


def _nth(found: Sequence[tuple[int, int]], number: int) -> int:
    before = 0
    for value, times in found:
        before += times
        if number < before:
            return value
    return found[-1][0]
