"""The roadmap: interim targets of a task."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .task import Task


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    """Reads of milestones."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(task__in=Task.objects.visible_to(user))

    def in_order(self) -> Self:
        return self.order_by("task", "number", "pk")

    def overdue(self, today: datetime.date) -> Self:
        """Past their planned day, neither done nor waived, where the task's clocks run."""
        return self.still_open().filter(plan_on__lt=today).exclude(task__status__in=Task.AT_REST)

    def still_open(self) -> Self:
        """Neither done nor waived."""
        return self.filter(actual_on=None, waived_at=None)

    def for_move(self) -> Self:
        return self.select_related("task__programme", "task__lead", "waived_by", "waived_for")


class Milestone(models.Model):
    """An interim target. It has no move of its own: it is claimed in a report and done when that is approved.

    The pilot office may waive one (豁免) that is no longer to be reached; it stays in sight and counts as settled.
    """

    class State(models.TextChoices):
        DONE = "done", _("done")
        OVERDUE = "overdue", _("overdue")
        PENDING = "pending", _("not due")
        WAIVED = "waived", _("waived")

    task = models.ForeignKey(Task, models.PROTECT, related_name="milestones")
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("milestone"), max_length=200)
    baseline_on = models.DateField(_("baseline"), null=True, blank=True)
    plan_on = models.DateField(_("planned for"))
    forecast_on = models.DateField(_("forecast"), null=True, blank=True)
    actual_on = models.DateField(_("actual"), null=True, blank=True)
    waived_at = models.DateTimeField(_("waived at"), null=True, blank=True)
    waived_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    waived_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    waived_reason = models.TextField(_("waived because"), blank=True)

    objects = MilestoneQuerySet.as_manager()
    recorded = (
        "task", "number", "title", "baseline_on", "plan_on", "forecast_on", "actual_on", "waived_at", "waived_by",
        "waived_for", "waived_reason",
    )  # fmt: skip

    class Meta:
        ordering = ["number", "pk"]  # prefetched rows of a task come in its order
        constraints = [
            models.UniqueConstraint(fields=["task", "number"], name="milestone_number"),
            models.CheckConstraint(
                condition=Q(waived_at=None, waived_by=None, waived_reason="")
                | Q(waived_at__isnull=False, waived_by__isnull=False) & ~Q(waived_reason=""),
                name="milestone_waived_whole",
            ),
        ]
        indexes = [models.Index(fields=["plan_on", "actual_on"], name="milestone_plan")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def state(self, today: datetime.date) -> "Milestone.State":
        """Done, waived, overdue or not due: computed from its dates. No clock runs while its task is at rest."""
        if self.actual_on:
            return self.State.DONE
        if self.waived_at:
            return self.State.WAIVED
        is_late = self.plan_on < today and self.task.status not in Task.AT_REST
        return self.State.OVERDUE if is_late else self.State.PENDING

    @property
    def is_settled(self) -> bool:
        """Done or waived: nothing of it is owed any more."""
        return self.actual_on is not None or self.waived_at is not None

    @property
    def slippage(self) -> int:
        """By how many days the plan, or the day it was done, is later than the baseline; less than 0 is earlier."""
        if self.baseline_on is None:
            return 0
        return ((self.actual_on or self.plan_on) - self.baseline_on).days

    def trail_scope(self) -> int:
        return self.task.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "task", self.task_id
