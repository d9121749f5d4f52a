"""The signings that serve a task, for the page of that task."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tasks.beside import Part
from tasks.models import Task

from .models import Project

MOST = 20
"""So many stand on the page; the list of projects has them all."""


def serving(user: Any, task: Task) -> list[Project]:
    """Those that the person may see, by their codes."""
    rows = Project.objects.visible_to(user).filter(pk__in=task.project_links.values("project"))
    return list(rows.select_related("carrier").in_order()[:MOST])


SIGNINGS = Part("signings", _("Signings"), serving, "projects/_task_signings.html")
