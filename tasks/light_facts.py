"""What the lights of tasks are judged by, read for many at once in two queries."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F, QuerySet

from qdtrade import clock
from qdtrade.lights.judging import Filed, Judged
from qdtrade.lights.kinds import Kind
from qdtrade.lights.models import LightRule
from qdtrade.lights.reporting import latest
from qdtrade.programmes.models import Membership

from . import rules
from .lights import Facts, Node, light_of
from .models import ExpectedReport, Milestone, Task, TaskLight, TaskOverride


def judge(
    tasks: Sequence[Task], by_rules: Mapping[int, LightRule], reds: Collection[int], at: datetime.datetime
) -> dict[int, Judged]:
    """The lights of these tasks at a moment, by id."""
    today = clock.day_of(at)
    running = [task.pk for task in tasks if task.status in Task.REPORTING]
    nodes = _nodes(running) if running else {}
    rows = ExpectedReport.objects.filter(task__in=running)
    reports = latest(rows, "task", at) if running else {}
    return {
        task.pk: light_of(
            _facts(task, nodes.get(task.pk, []), reports.get(task.pk), task.pk in reds, today),
            by_rules[task.programme_id],
            today,
        )
        for task in tasks
    }


def _facts(
    task: Task, nodes: list[tuple[Any, ...]], report: Filed | None, was_red: bool, today: datetime.date
) -> Facts:
    still_open = [Node(number, plan) for number, plan, actual, waived in nodes if not (actual or waived)]
    return Facts(
        status=task.status,
        registered_on=clock.day_of(task.registered_at),
        starts_on=task.starts_on,
        due_on=task.due_on,
        planned=task.planned_progress(today),
        progress=task.progress,
        nodes=tuple(still_open),
        has_begun=task.progress > 0 or any(actual for _number, _plan, actual, _waived in nodes),
        report=report,
        was_red=was_red,
    )


def _nodes(tasks: Iterable[int]) -> dict[int, list[tuple[Any, ...]]]:
    """All milestones, by task."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    rows = Milestone.objects.filter(task__in=tasks).order_by("task", "number")
    for task, *node in rows.values_list("task", "number", "plan_on", "actual_on", "waived_at"):
        found[task].append(tuple(node))
    return found


def _owing(periods: Collection[int]) -> QuerySet[Any]:
    rows = ExpectedReport.objects.filter(period__in=periods).order_by()
    return rows.values_list("task", flat=True)


def decides(task: Task, user: Any) -> Membership:
    """A reviewer of the programme, never of the lead bureau."""
    acting = rules.manages(task, user)
    rules.is_independent_of_lead(task, user)
    return acting


TASKS = Kind(
    name="task",
    model=Task,
    lights=TaskLight,
    overrides=TaskOverride,
    judge=judge,
    of_periods=_owing,
    period_kind=F("programme__report_kind"),
    reads=frozenset({"task", "milestone", "expectedreport", "taskoverride"}),
    decides=decides,
)
