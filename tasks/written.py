"""What an import left of the tasks it wrote, to see later whether anything has changed since."""

from collections import defaultdict

from django.db.models import QuerySet

from qdtrade.audit.canonical import digest, dumps

from .models import Milestone, Task, TaskBureau

TASK, LINK, MILESTONE, FIELD, BUREAU = "task", "taskbureau", "milestone", "field", "bureau"
"""The kinds of rows that an import of the register writes, by their words in the records."""


def marks(tasks: QuerySet[Task]) -> dict[int, str]:
    """For each of these tasks a digest of it with its bureaus and milestones: it differs after any change."""
    found: dict[int, list[list[str]]] = defaultdict(list)
    pks = tasks.order_by().values("pk")
    for pk, version in tasks.order_by("pk").values_list("pk", "version"):
        found[pk].append([str(version)])
    for model, names in (
        (TaskBureau, ("bureau_id", "part")),
        (Milestone, ("number", "title", "baseline_on", "plan_on", "forecast_on", "actual_on")),
    ):
        rows = model._default_manager.filter(task__in=pks).order_by("pk")
        for task_id, *values in rows.values_list("task_id", *names):
            found[task_id].append([str(value) for value in values])
    return {pk: digest(dumps(values)) for pk, values in found.items()}
