"""How many tasks stand how: counted in SQL over whatever tasks the asker sees, for every page and paper alike."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Max, Sum

from qdtrade.lights.levels import WORST_FIRST

from .models import Milestone, Task
from .models.task import TaskQuerySet
from .slippage import LATER, NODE_LATER

LIGHTS = (*(level.value for level in WORST_FIRST), "")
"""The levels with the worst first, and last what has no light."""


def by_status(tasks: TaskQuerySet) -> dict[str, int]:
    """How many are in each state; those dropped stay in the register."""
    found = dict(tasks.order_by().values_list("status").annotate(count=Count("pk")))
    return {str(status): found.get(status, 0) for status in Task.Status.values}


def by_light(tasks: TaskQuerySet, on: datetime.date | None = None) -> dict[str, int]:
    """How many show each light on a day (today without one), and how many none."""
    lit: Any = tasks.with_light(on)
    counted = lit.order_by().values_list("light").annotate(count=Count("pk"))
    found: dict[str, int] = dict(counted)
    return {light: found.get(light, 0) for light in LIGHTS}


@dataclass(frozen=True)
class Line:
    """A bureau or a field with how many of its tasks show each light."""

    key: int
    name: str
    lights: Mapping[str, int] = field(default_factory=dict)

    @property
    def whole(self) -> int:
        return sum(self.lights.values())


BY = {
    "field": ("field", "field__name", "field__number"),
    "bureau": ("lead", "lead__short_name", "lead__position"),
}
"""What the lights of tasks are broken down by: the paths of its id, its name and its order."""


def light_by(tasks: TaskQuerySet, by: str, on: datetime.date | None = None) -> list[Line]:
    """The lights of a day of each field or lead bureau, in their own order."""
    key, name, order = BY[by]
    counted = tasks.with_light(on).order_by().values(key, name, order, "light").annotate(count=Count("pk"))
    found: dict[int, Line] = {}
    for row in counted.order_by(order, name, key):
        line = found.setdefault(row[key], Line(row[key], row[name], dict.fromkeys(LIGHTS, 0)))
        line.lights[row["light"]] += row["count"]  # type: ignore[index]
    return list(found.values())


@dataclass(frozen=True)
class Slippage:
    """How far the plan has moved from its baseline: of the tasks, and of their milestones."""

    tasks: int
    slipped: int
    days: int
    most: int
    milestones: int
    slipped_milestones: int
    milestone_tasks: int
    overdue: int


def slippage(tasks: TaskQuerySet, today: datetime.date) -> Slippage:
    """Of tasks with a baseline those due later than it, with the days altogether and at most; and what is overdue."""
    moved = ExpressionWrapper(F("due_on") - F("baseline_due_on"), output_field=DurationField())
    planned: dict[str, Any] = Task.objects.filter(
        pk__in=tasks.order_by().values("pk"), baseline_due_on__isnull=False
    ).aggregate(
        tasks=Count("pk"),
        slipped=Count("pk", filter=LATER),
        days=Sum(moved, filter=LATER),
        most=Max(moved, filter=LATER),
    )
    nodes = Milestone.objects.filter(task__in=tasks.order_by().values("pk"), baseline_on__isnull=False)
    moved_nodes = nodes.aggregate(
        milestones=Count("pk"),
        slipped_milestones=Count("pk", filter=NODE_LATER),
        milestone_tasks=Count("task", filter=NODE_LATER, distinct=True),
    )
    days = {name: (planned.pop(name) or datetime.timedelta()).days for name in ("days", "most")}
    return Slippage(**planned, **days, **moved_nodes, overdue=tasks.overdue(today).order_by().count())
