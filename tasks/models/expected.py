"""What is owed each period: the ledger of task reports."""

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Q

from qdtrade import clock
from qdtrade.programmes import held
from qdtrade.programmes.models import Expected, ExpectedQuerySet, Role
from qdtrade.sought import Word

from .task import Task
from .version import ReportVersion


class ExpectedReportQuerySet(ExpectedQuerySet):
    """Reads of the ledger of task reports."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(task__in=Task.objects.visible_to(user))

    def for_list(self) -> Self:
        return self.select_related(
            "task__lead", "task__field", "task__programme", "period", "bureau", "report"
        )

    def sought(self, asked: Iterable[Word]) -> Self:
        """Rows that hold each word in their task or in what their report says."""
        found = self
        for word in asked:
            of_tasks = Task.objects.sought([word]).values("pk")
            found = found.filter(Q(task__in=of_tasks) | ReportVersion.said_in(word, "report"))
        return found

    def in_order(self) -> Self:
        return self.order_by("-period__starts_on", "task__field__number", "task__position", "pk")


class ExpectedReport(Expected):
    """This bureau owes a progress report on this task for this period."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="expected_reports")

    objects = ExpectedReportQuerySet.as_manager()
    recorded: tuple[str, ...] = ("task", *Expected.recorded)

    class Meta(Expected.Meta):
        constraints = [
            *Expected.Meta.constraints,
            models.UniqueConstraint(fields=["task", "period", "bureau"], name="expected_report_once"),
        ]
        indexes = [models.Index(fields=["period", "bureau"], name="expected_period_bureau")]

    def __str__(self) -> str:
        return f"{self.task.code} {self.period}"

    @property
    def subject(self) -> Task:
        return self.task

    def trail_scope(self) -> int:
        return self.period.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "task", self.task_id

    @staticmethod
    def owed_by(user: Any, at: str = "") -> Q:
        """What the person's own bureaus write, for rows that reach the expected one by `at`."""
        mine = Q(pk__in=[])
        for m in held.held_by(user):
            if m.role in {Role.STAFF, Role.HEAD}:
                mine |= Q(**{f"{at}period__programme": m.programme_id, f"{at}bureau": m.bureau_id})
        return mine

    @staticmethod
    def filed_by(user: Any, at: str = "") -> Q:
        """What the person writes as the pilot office, for bureaus in which nobody has an account (代填)."""
        whose = Q(pk__in=[])
        for m in held.held_by(user):
            if m.role == Role.MANAGER:
                of_bureaus = m.programme.memberships.of_bureaus(clock.today())
                others = ~Q(**{f"{at}bureau__in": of_bureaus.values("bureau")})
                whose |= Q(**{f"{at}period__programme": m.programme_id}) & others
        return whose
