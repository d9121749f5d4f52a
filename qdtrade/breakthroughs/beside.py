"""What a task brought that is new, for the page of that task and for a column of the register."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext

from qdtrade.errors import refusal_of
from qdtrade.programmes.filters import Rows
from tasks.beside import Cell, Column, Part
from tasks.models import Task
from tasks.models.task import TaskQuerySet

from . import rules
from .models import Breakthrough

NONE = "none"


def of_task(user: Any, task: Task) -> list[Breakthrough]:
    """All of the task, the last one first."""
    rows = Breakthrough.objects.visible_to(user).filter(task=task)
    return list(rows.for_move().order_by("-flagged_at", "-pk"))


def may_flag(user: Any, task: Task) -> bool:
    """Whether naming it a candidate is this person's business; asks nothing of the database."""
    return task.status != Task.Status.DROPPED and not refusal_of(lambda: rules.flags(task, user))


OF_TASK = Part(
    "breakthroughs", gettext_lazy("Breakthrough"), of_task, "breakthroughs/_of_task.html", may_flag
)


def of_tasks(user: Any, tasks: Sequence[Task]) -> dict[int, Cell]:
    """How far each task's breakthrough is."""
    rows = Breakthrough.objects.visible_to(user).standing().filter(task__in=tasks)
    return {
        row.task_id: Cell(row.status, row.get_status_display(), reverse("breakthrough", args=[row.pk]))
        for row in rows
    }


def counted(user: Any, tasks: TaskQuerySet) -> str:
    """How many count, out of those on the list."""
    rows = Breakthrough.objects.visible_to(user).filter(task__in=tasks.order_by().values("pk"))
    found = rows.exclude(status__in=Breakthrough.OVER).aggregate(
        counted=Count("pk", filter=Q(status__in=Breakthrough.COUNTED)), every=Count("pk")
    )
    return pgettext("recognised", "%(counted)d of %(every)d") % found


class OfBreakthrough(django_filters.ChoiceFilter):
    """How far a task's breakthrough is, or that none was named."""

    def __init__(self) -> None:
        choices = [(NONE, gettext_lazy("none named")), *Breakthrough.Status.choices]
        shown = [(value, label) for value, label in choices if value != Breakthrough.Status.DROPPED]
        super().__init__(choices=shown, label=gettext_lazy("Breakthrough"))

    def filter(self, qs: Rows, value: str) -> Rows:
        if not value:
            return qs
        rows = Breakthrough.objects.visible_to(self.parent.request.user).standing()
        if value == NONE:
            return qs.exclude(pk__in=rows.values("task"))
        return qs.filter(pk__in=rows.filter(status=value).values("task"))


OF_REGISTER = Column(
    name="breakthrough_state",
    heading=gettext_lazy("Breakthrough"),
    cells=of_tasks,
    total=counted,
    filter=OfBreakthrough(),
)
