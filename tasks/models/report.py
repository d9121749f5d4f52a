"""The inspection line: what was filed for each expected row, and how far its review is."""

import datetime
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from qdtrade import clock
from qdtrade.programmes import held
from qdtrade.programmes.models import Period, Role
from qdtrade.sought import Word
from qdtrade.templatetags.words import standing_in

from .evidence import ReportFile
from .expected import ExpectedReport
from .sign_off import SignOff
from .task import Task
from .version import ReportVersion

OF_REPORT = (
    "expected__task__lead",
    "expected__task__field",
    "expected__task__programme",
    "expected__period",
    "expected__bureau",
)
OF_VERSION = ("current__submitted_by", "current__submitted_for")
OF_REVIEW = ("taken_by", "taken_for", "author")
OF_SIGN_OFF = ("sign_off__asked_by", "sign_off__asked_for", "sign_off__became")


class ReportQuerySet(models.QuerySet["Report"]):
    """Reads of reports."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(expected__task__in=Task.objects.visible_to(user))

    def written_by(self, user: Any) -> Self:
        """Those that the person's own bureaus write."""
        return self.filter(ExpectedReport.owed_by(user, "expected__"))

    def written_for(self, user: Any) -> Self:
        """Those that the person writes as the pilot office, for bureaus in which nobody has an account (代填)."""
        return self.filter(ExpectedReport.filed_by(user, "expected__"))

    def for_move(self) -> Self:
        return self.select_related(*OF_REPORT, *OF_VERSION, "in_force", *OF_REVIEW, *OF_SIGN_OFF)

    def for_list(self) -> Self:
        """With everything that a row of a list or a decision about it reads; texts of versions left out."""
        rows = self.select_related(*OF_REPORT, *OF_VERSION, *OF_REVIEW, *OF_SIGN_OFF, "draft")
        texts = ("draft__content", "draft__past", "sign_off__content", "sign_off__became__content")
        return rows.defer(*texts).with_writers()

    def with_writers(self) -> Self:
        """Reads who submitted each version beside the rows: none of them may review it."""
        versions = ReportVersion.objects.defer("content", "remarks", "comment").order_by("pk")
        return self.prefetch_related(Prefetch("versions", versions, to_attr="filed"))

    def for_form(self) -> Self:
        """With everything that the form, its page and the rules about it read; the past of the draft left out."""
        return (
            self.for_move()
            .select_related("draft__saved_by", "current__decided_by", "current__decided_for")
            .select_related("in_force__decided_by", "in_force__decided_for", "sign_off__decided_by")
            .defer("draft__past")
            .prefetch_related("expected__task__milestones")
        )

    def for_work(self) -> Self:
        """A person's own rows: with the draft's text, the milestones, the evidence, and what could be carried over."""
        return (
            self.select_related(*OF_REPORT, *OF_VERSION, *OF_REVIEW, *OF_SIGN_OFF, "draft__saved_by")
            .select_related("sign_off__decided_by", "sign_off__decided_for")
            .defer("draft__past")
            .prefetch_related(
                "expected__task__milestones",
                Prefetch("files", ReportFile.objects.in_use(), to_attr="evidence"),
            )
            .annotate(earlier_id=self.earlier_in_force())
        )

    def in_order(self) -> Self:
        task = "expected__task"
        return self.order_by(
            "-expected__period__starts_on", f"{task}__field__number", f"{task}__position", "pk"
        )

    def to_write(self, user: Any) -> Self:
        """What the person's bureaus owe now: not filed, returned or reopened, where the form takes it."""
        return self.written_by(user).with_open_form()

    def to_do(self, user: Any) -> Self:
        """What waits for the person, to be written or to be signed."""
        rows = Report.objects.all()
        return self.filter(
            Q(pk__in=rows.to_write(user).values("pk")) | Q(pk__in=rows.to_sign(user).values("pk"))
        )

    def to_sign(self, user: Any) -> Self:
        """What waits for the person's signature as the head of its bureau, or as the head's deputy."""
        heads = Q(pk__in=[])
        for m in held.held_by(user):
            if m.role == Role.HEAD:
                heads |= Q(expected__period__programme=m.programme_id, expected__bureau=m.bureau_id)
        mine = Q(sign_off__asked_by=user.pk) | Q(sign_off__asked_for=user.pk)
        return self.filter(heads, status=Report.Status.SIGN_OFF).exclude(mine)

    def with_open_form(self) -> Self:
        """Owed and not filed, returned or reopened, where the form takes it now."""
        running = Q(expected__period__status__in=Period.RUNNING) | Q(
            expected__exception_until__gte=clock.today()
        )
        open_form = running | Q(expected__first_submitted_at__isnull=False)
        return self.filter(open_form, status__in=Report.WRITABLE, expected__exempt_reason="")

    def with_versions(self) -> Self:
        """Rows of a list with the contents at hand and in force, and their decisions."""
        return self.for_list().select_related(
            *(f"{one}__{who}" for one in ("current", "in_force") for who in ReportVersion.people)
        )

    def with_timeliness(self, now: datetime.datetime) -> Self:
        """Adds `timeliness`, that of the expected row."""
        expected = ExpectedReport.objects.filter(pk=OuterRef("expected")).with_timeliness(now)
        return self.annotate(timeliness=Subquery(expected.values("timeliness")[:1]))

    def sought(self, asked: Iterable[Word]) -> Self:
        """Reports that hold each word in their task or in their text."""
        found = self
        for word in asked:
            of_tasks = Task.objects.sought([word]).values("pk")
            found = found.filter(Q(expected__task__in=of_tasks) | ReportVersion.said_in(word))
        return found

    def awaiting_review(self) -> Self:
        """Submitted and not decided: the desk's queue."""
        return self.filter(status=Report.Status.SUBMITTED)

    def with_base(self) -> Self:
        """Adds `base`: the version that a report is compared with, its own in force or that of the period before."""
        own, earlier = F("in_force_id"), self.earlier_in_force()
        return self.annotate(base=Coalesce(own, earlier, output_field=models.BigIntegerField()))

    def unchanged(self) -> Self:
        """Of rows `with_base()`, those that say “no change”, with the light and forecast approved last and no evidence.

        This is `rules.changes_nothing` in the database's words.
        """
        then, now = "content", "current__content"
        base = ReportVersion.objects.alias(
            light=KeyTextTransform("self_light", then), forecast=KeyTextTransform("forecast_on", then)
        ).filter(pk=OuterRef("base"), light=OuterRef("now_light"), forecast=OuterRef("now_forecast"))
        rows = self.alias(
            now_light=KeyTextTransform("self_light", now), now_forecast=KeyTextTransform("forecast_on", now)
        )
        return rows.filter(Exists(base), current__content__no_change=True, current__content__files=[])

    def earlier_in_force(self) -> Subquery:
        """The version in force of the report on the same task for the latest earlier period."""
        earlier = Report.objects.filter(
            expected__task=OuterRef("expected__task"),
            expected__period__starts_on__lt=OuterRef("expected__period__starts_on"),
            in_force__isnull=False,
        )
        return Subquery(earlier.order_by("-expected__period__starts_on").values("in_force")[:1])


class Report(models.Model):
    """The progress report for one expected row, made with it (DOMAIN, progress report).

    `current` is the version last submitted, `in_force` the one last approved; figures come from `in_force` alone.
    `sign_off` is what the head of the bureau was asked last, where the programme has heads sign.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SIGN_OFF = "sign_off", _("with the bureau head")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("returned")
        APPROVED = "approved", _("approved")
        REOPENED = "reopened", _("reopened")

    WRITABLE = (Status.DRAFT, Status.RETURNED, Status.REOPENED)

    expected = models.OneToOneField(ExpectedReport, models.PROTECT, related_name="report")
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.DRAFT)
    author = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    current = models.ForeignKey("ReportVersion", models.PROTECT, null=True, blank=True, related_name="+")
    in_force = models.ForeignKey("ReportVersion", models.PROTECT, null=True, blank=True, related_name="+")
    sign_off = models.ForeignKey("SignOff", models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    review_due_on = models.DateField(_("to be reviewed by"), null=True, blank=True)
    resubmit_due_on = models.DateField(_("to be resubmitted by"), null=True, blank=True)
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    taken_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    taken_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    evidence: list["ReportFile"]
    earlier_id: int | None
    # Both are added by `for_work()` alone.

    earlier: ReportVersion | None
    """Given by pages of many reports: the version that it could carry over."""

    base: int | None
    """Set by `with_base()`."""

    filed: list["ReportVersion"]
    """Set by `with_writers()`: the versions without their texts."""

    objects = ReportQuerySet.as_manager()
    recorded = (
        "expected", "status", "author", "current", "in_force", "sign_off", "submitted_at", "review_due_on",
        "resubmit_due_on", "taken_at", "taken_by", "taken_for",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_at=None, taken_by=None) | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="report_taken_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status="approved") | Q(in_force__isnull=False),
                name="report_approved_has_version",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["submitted", "returned"]) | Q(current__isnull=False),
                name="report_submitted_has_version",
            ),
            models.CheckConstraint(
                condition=~Q(status="sign_off") | Q(sign_off__isnull=False), name="report_sign_off_was_asked"
            ),
        ]
        indexes = [models.Index(fields=["status", "review_due_on"], name="report_queue")]

    def __str__(self) -> str:
        return f"{self.task.code} {self.period}"

    @property
    def task(self) -> Task:
        return self.expected.task

    @property
    def period(self) -> Any:
        return self.expected.period

    @property
    def bureau(self) -> Any:
        """The bureau that owes it."""
        return self.expected.bureau

    @property
    def programme_id(self) -> int:
        return self.expected.period.programme_id

    @staticmethod
    def in_hand_of(user: Any) -> Q:
        """What the person, their deputy, or an absent reviewer whose deputy they are, has taken for review."""
        reviewing = [m for m in held.held_by(user) if m.role == Role.MANAGER]
        absent = [m.absent.pk for m in reviewing if m.absent is not None]
        return Q(taken_by=user.pk) | Q(taken_for=user.pk) | Q(taken_by__in=absent)

    @property
    def written_as(self) -> str:
        """The state in which its bureau writes it: while it is with the head, the one that it had before."""
        if self.status != Report.Status.SIGN_OFF:
            return self.status
        if self.current is None:
            return Report.Status.DRAFT
        was_returned = self.current.decision == ReportVersion.Decision.RETURNED
        return Report.Status.RETURNED if was_returned else Report.Status.REOPENED

    @property
    def sent_back(self) -> "SignOff | None":
        """What the head gave back to its author, as long as it waits for the author."""
        asked = self.sign_off
        if asked is None or asked.decision != "sent_back" or self.status not in Report.WRITABLE:
            return None
        if self.current is not None and self.current.submitted_at > asked.asked_at:
            return None
        return asked

    @property
    def taker(self) -> str:
        """Who took it for review, and for whom where a deputy did; empty where nobody has."""
        return standing_in(self.taken_by, self.taken_for) if self.taken_by else ""

    @property
    def has_draft(self) -> bool:
        """Whether somebody has begun to write; the text itself is the bureau's own."""
        return hasattr(self, "draft")

    def trail_scope(self) -> int:
        return self.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "task", self.expected.task_id
