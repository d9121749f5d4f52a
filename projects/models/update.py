"""What carriers say of their projects each period: the ledger of updates."""

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qdtrade.programmes.models import Filed, FiledQuerySet
from qdtrade.sought import Word

from .project import Project


class ExpectedUpdateQuerySet(FiledQuerySet):
    """Reads of the ledger of updates."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(project__in=Project.objects.visible_to(user))

    def for_move(self) -> Self:
        return self.select_related(
            "project__programme",
            "project__carrier",
            "project__sector",
            "period",
            "bureau",
            "filed_by",
            "filed_for",
        )

    def for_list(self) -> Self:
        return self.for_move()

    def in_order(self) -> Self:
        """The newest period first, then by the projects' codes."""
        return self.order_by("-period__starts_on", "project__code", "pk")

    def sought(self, asked: Iterable[Word]) -> Self:
        """Rows that hold each word in their project or in what was filed."""
        found = self
        for word in asked:
            projects = Project.objects.sought([word]).values("pk")
            found = found.filter(Q(project__in=projects) | word.within("text"))
        return found


class ExpectedUpdate(Filed):
    """A carrier owes a word on its project for this period: what is new, or that nothing changed."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="expected_updates")
    no_change = models.BooleanField(_("no change"), default=False)
    text = models.TextField(_("what is new"), max_length=2000, blank=True)
    next_on = models.DateField(_("next gate expected on"), null=True, blank=True)

    objects = ExpectedUpdateQuerySet.as_manager()
    recorded: tuple[str, ...] = ("project", *Filed.recorded, "no_change", "text", "next_on")

    class Meta(Filed.Meta):
        constraints = [
            *Filed.Meta.constraints,
            models.UniqueConstraint(fields=["project", "period"], name="expected_update_once"),
            models.CheckConstraint(
                condition=Q(status="not_filed", text="", no_change=False, next_on=None)
                | Q(status="filed", no_change=True)
                | Q(status="filed", no_change=False) & ~Q(text=""),
                name="expectedupdate_says",
            ),
        ]
        indexes = [models.Index(fields=["period", "bureau"], name="expected_update_bureau")]

    def __str__(self) -> str:
        return f"{self.project.code} {self.period}"

    @property
    def subject(self) -> Project:
        return self.project

    def trail_scope(self) -> int:
        return self.period.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "project", self.project_id
