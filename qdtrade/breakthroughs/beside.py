"""What a task brought that is new, for the page of that task."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tasks.beside import Part
from tasks.models import Task

from .models import Breakthrough


def of_task(user: Any, task: Task) -> list[Breakthrough]:
    """All of the task, the last one first."""
    rows = Breakthrough.objects.visible_to(user).filter(task=task)
    return list(rows.for_move().order_by("-flagged_at", "-pk"))


OF_TASK = Part("breakthroughs", _("Breakthrough"), of_task, "breakthroughs/_of_task.html")
