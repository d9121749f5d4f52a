"""What bureaus say of their parts each period: the ledger of parts, and the evidence that goes with it."""

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade import clock
from qdtrade.evidence.models import Link
from qdtrade.programmes import held
from qdtrade.programmes.models import Expected, ExpectedQuerySet, Period
from qdtrade.sought import Word
from qdtrade.templatetags.words import standing_in

from .part import WRITERS, Part
from .task import Task


class ExpectedPartQuerySet(ExpectedQuerySet):
    """Reads of the ledger of parts."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(part__task__in=Task.objects.visible_to(user))

    def for_move(self) -> Self:
        return self.select_related(
            "part__task__programme", "part__task__lead", "part__task__field", "part__bureau",
            "part__under__bureau", "period", "bureau", "filed_by", "filed_for",
        )  # fmt: skip

    def for_list(self) -> Self:
        return self.for_move()

    def in_order(self) -> Self:
        """The newest period first, then as the register is numbered."""
        task = "part__task"
        return self.order_by(
            "-period__starts_on", f"{task}__field__number", f"{task}__position", "part__number", "pk"
        )

    def sought(self, asked: Iterable[Word]) -> Self:
        """Rows that hold each word in their task, in what is asked, or in what was filed."""
        found = self
        for word in asked:
            of_tasks = Task.objects.sought([word]).values("pk")
            found = found.filter(Q(part__task__in=of_tasks) | word.within("text", "part__what"))
        return found

    def with_files(self) -> Self:
        """Reads what stands as evidence beside the rows, as `evidence`."""
        return self.prefetch_related(Prefetch("files", PartFile.objects.in_use(), to_attr="evidence"))

    def to_file(self, user: Any) -> Self:
        """What the person's bureaus owe now, where the form takes it."""
        mine = Q(pk__in=[])
        for m in held.held_by(user):
            if m.role in WRITERS:
                mine |= Q(period__programme=m.programme_id, bureau=m.bureau_id)
        return self.filter(mine).with_open_form()

    def with_open_form(self) -> Self:
        """Owed and not filed, where the form takes it now."""
        running = Q(period__status__in=Period.RUNNING) | Q(exception_until__gte=clock.today())
        return self.filter(running, status=ExpectedPart.Status.NOT_FILED, exempt_reason="")


class ExpectedPart(Expected):
    """This bureau owes a word on its part for this period, and what it said.

    Filed, it counts at once: the lead reads it, nobody reviews it. It is revised as long as the form is open.
    """

    class Status(models.TextChoices):
        NOT_FILED = "not_filed", pgettext_lazy("part", "not filed")
        FILED = "filed", pgettext_lazy("part", "filed")

    part = models.ForeignKey(Part, models.PROTECT, related_name="expected_parts")
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.NOT_FILED)
    text = models.TextField(_("what was done"), max_length=2000, blank=True)
    says_done = models.BooleanField(_("the part is done"), default=False)
    filed_at = models.DateTimeField(_("filed at"), null=True, blank=True)
    filed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    filed_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    evidence: list["PartFile"]
    """Set by `with_files()`."""

    objects = ExpectedPartQuerySet.as_manager()
    recorded: tuple[str, ...] = (
        "part", *Expected.recorded, "status", "text", "says_done", "filed_at", "filed_by", "filed_for",
    )  # fmt: skip

    class Meta(Expected.Meta):
        constraints = [
            *Expected.Meta.constraints,
            models.UniqueConstraint(fields=["part", "period"], name="expected_part_once"),
            models.CheckConstraint(
                condition=Q(status="not_filed", filed_at=None, filed_by=None, text="", says_done=False)
                | Q(status="filed", filed_at__isnull=False, filed_by__isnull=False) & ~Q(text=""),
                name="expectedpart_filed_whole",
            ),
        ]
        indexes = [models.Index(fields=["period", "bureau"], name="expected_part_bureau")]

    def __str__(self) -> str:
        return f"{self.part} {self.period}"

    @property
    def subject(self) -> Part:
        return self.part

    @property
    def task(self) -> Task:
        return self.part.task

    @property
    def filer(self) -> str:
        """Who filed it last, and for whom where a deputy did; empty while nobody has."""
        return standing_in(self.filed_by, self.filed_for) if self.filed_by else ""

    def trail_scope(self) -> int:
        return self.period.programme_id

    def trail_root(self) -> tuple[str, int]:
        return self.part.trail_root()


class PartFileQuerySet(models.QuerySet["PartFile"]):
    """Reads of the evidence of parts."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(expected__part__task__in=Task.objects.visible_to(user))

    def in_use(self) -> Self:
        """What stands now, with what a list shows of it."""
        return self.filter(dropped_at=None).select_related("blob").order_by("expected", "pk")


class PartFile(Link):
    """Evidence of what a bureau filed on its part; what is taken off stays in the records."""

    expected = models.ForeignKey(ExpectedPart, models.PROTECT, related_name="files")
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = PartFileQuerySet.as_manager()
    recorded = ("expected", "blob", "name", "media_type", "added_at", "added_by", "dropped_at")

    def trail_scope(self) -> int:
        return self.expected.trail_scope()

    def trail_root(self) -> tuple[str, int]:
        return self.expected.trail_root()
