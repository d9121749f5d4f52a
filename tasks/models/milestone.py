"""The roadmap: interim targets of a task."""

import datetime
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from .task import Task


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    """Reads of milestones."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(task__in=Task.objects.visible_to(user))

    def in_order(self) -> Self:
        return self.order_by("task", "number", "pk")


class Milestone(models.Model):
    """An interim target. It has no move of its own: it is claimed in a report and done when that is approved."""

    class State(models.TextChoices):
        DONE = "done", _("done")
        OVERDUE = "overdue", _("overdue")
        PENDING = "pending", _("not due")

    task = models.ForeignKey(Task, models.PROTECT, related_name="milestones")
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("milestone"), max_length=200)
    baseline_on = models.DateField(_("baseline"), null=True, blank=True)
    plan_on = models.DateField(_("planned for"))
    forecast_on = models.DateField(_("forecast"), null=True, blank=True)
    actual_on = models.DateField(_("actual"), null=True, blank=True)

    objects = MilestoneQuerySet.as_manager()
    recorded = ("task", "number", "title", "baseline_on", "plan_on", "forecast_on", "actual_on")

    class Meta:
        ordering = ["number", "pk"]  # prefetched rows of a task come in its order
        constraints = [models.UniqueConstraint(fields=["task", "number"], name="milestone_number")]
        indexes = [models.Index(fields=["plan_on", "actual_on"], name="milestone_plan")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def state(self, today: datetime.date) -> "Milestone.State":
        """Done, overdue or not due: computed from its dates."""
        if self.actual_on:
            return self.State.DONE
        return self.State.OVERDUE if self.plan_on < today else self.State.PENDING

    def trail_scope(self) -> int:
        return self.task.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "task", self.task_id
