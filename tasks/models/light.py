"""The lights of tasks, and the decisions that one is another than the computed."""

from typing import Any, Self

from django.db import models

from qdtrade.lights.models import LightDay, LightOverride, OverrideQuerySet

from .task import Task


class TaskOverrideQuerySet(OverrideQuerySet):
    """Reads of what was decided about the lights of tasks."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(task__in=Task.objects.visible_to(user))


class TaskOverride(LightOverride):
    """The pilot office shows another light of a task than the computed one."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="light_overrides")

    objects = TaskOverrideQuerySet.as_manager()
    recorded: tuple[str, ...] = ("task", *LightOverride.recorded)

    class Meta(LightOverride.Meta):
        indexes = [models.Index(fields=["task", "ends_on"], name="task_override_ends")]

    def __str__(self) -> str:
        return f"{self.task} · {self.get_level_display()}"

    @property
    def about(self) -> Task:
        """What it is about."""
        return self.task

    def trail_scope(self) -> int:
        return self.task.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "task", self.task_id


class TaskLight(LightDay):
    """The light of a task on a day."""

    task = models.ForeignKey(Task, models.DO_NOTHING, db_constraint=False, related_name="lights")
    override = models.ForeignKey(
        TaskOverride, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )

    class Meta(LightDay.Meta):
        abstract = False
        indexes = [models.Index(fields=["task", "-day", "-id"], name="task_light_last")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.day} {self.level}"
