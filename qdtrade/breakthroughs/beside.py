"""What a task brought that is new, for the page of that task."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qdtrade.errors import refusal_of
from tasks.beside import Part
from tasks.models import Task

from . import rules
from .models import Breakthrough


def of_task(user: Any, task: Task) -> list[Breakthrough]:
    """All of the task, the last one first."""
    rows = Breakthrough.objects.visible_to(user).filter(task=task)
    return list(rows.for_move().order_by("-flagged_at", "-pk"))


def may_flag(user: Any, task: Task) -> bool:
    """Whether naming it a candidate is this person's business; asks nothing of the database."""
    return task.status != Task.Status.DROPPED and not refusal_of(lambda: rules.flags(task, user))


OF_TASK = Part("breakthroughs", _("Breakthrough"), of_task, "breakthroughs/_of_task.html", may_flag)
