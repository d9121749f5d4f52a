"""What the register shows: its rows with lateness and this period's report, and the totals below."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, Q
from django.utils.translation import pgettext

from qdtrade import clock
from qdtrade.programmes.models import Period

from .. import beside
from ..explained import WEIGHED
from ..models import ExpectedReport, Milestone, Task
from ..models.task import TaskQuerySet
from ..showing import ReportState, first_overdue, report_state

BEHIND = 10
"""From so many points on the register says that a task is behind its plan."""


@dataclass(frozen=True)
class Row:
    """One task of the register."""

    task: Task
    planned: int
    late: str
    node: str
    behind: int
    report: ReportState | None
    beside: list[tuple[str, beside.Cell | None]]
    """What the columns of apps above hold."""

    @property
    def is_behind(self) -> bool:
        """Whether it is so far behind its plan that the register says so."""
        return self.behind >= BEHIND


def rows(tasks: Sequence[Task], period: Period | None, user: Any) -> list[Row]:
    """The rows of one page; the tasks came with `for_list()`."""
    expected, today, cells = _expected(tasks, period, user), clock.today(), beside.of_tasks(user, tasks)
    return [_row(task, expected.get(task.pk), today, cells[task.pk]) for task in tasks]


def _expected(tasks: Sequence[Task], period: Period | None, user: Any) -> dict[int, ExpectedReport]:
    """This period's expected row of each task, by the task's id."""
    if period is None:
        return {}
    found = ExpectedReport.objects.visible_to(user).filter(period=period, task__in=tasks)
    found = (
        found.with_timeliness(clock.now())
        .select_related("period", "report__draft")
        .defer("report__draft__content", "report__draft__past")
    )
    return {row.task_id: row for row in found}


def _row(
    task: Task,
    expected: ExpectedReport | None,
    today: datetime.date,
    cells: list[tuple[str, beside.Cell | None]],
) -> Row:
    overdue = first_overdue(task, today)
    planned = task.planned_progress(today)
    behind = planned - round(task.progress) if task.status in Task.REPORTING else 0
    return Row(
        task=task,
        planned=planned,
        late=_days_late((today - overdue.plan_on).days) if overdue else "",
        node=pgettext("register", "M%(number)d") % {"number": overdue.number} if overdue else "",
        behind=behind,
        report=report_state(expected) if expected else None,
        beside=cells,
    )


def _days_late(number: int) -> str:
    return pgettext("register", "%(days)d d late") % {"days": number}


def totals(tasks: TaskQuerySet, period: Period | None, user: Any) -> dict[str, Any]:
    """The sums below the table, each with what it is divided by."""
    chosen = tasks.order_by().values("pk")
    found: dict[str, Any] = tasks.order_by().aggregate(
        tasks=Count("pk"),
        leads=Count("lead", distinct=True),
        weighed=Count("pk", filter=Q(status__in=WEIGHED)),
        progress=Avg("progress", filter=Q(status__in=WEIGHED)),
    )
    nodes = Milestone.objects.visible_to(user).filter(task__in=chosen)
    nodes = nodes.exclude(actual_on=None, waived_at__isnull=False)
    found |= nodes.aggregate(nodes=Count("pk"), nodes_done=Count("pk", filter=Q(actual_on__isnull=False)))
    if period is not None:
        owed = ExpectedReport.objects.visible_to(user).filter(period=period, task__in=chosen).owed()
        filed = Q(first_submitted_at__isnull=False)
        found |= owed.aggregate(owed=Count("pk"), filed=Count("pk", filter=filed))
    return found | {"beside": beside.totals(user, tasks)}
