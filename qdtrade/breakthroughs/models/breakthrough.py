"""A breakthrough of a task: from a candidate to what is recognised, passed on as a case, or revoked."""

import datetime
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.programmes import held
from qdtrade.programmes.models import Programme, Role
from qdtrade.provenance import Provenance, ProvenanceQuerySet
from qdtrade.sought import Word
from qdtrade.templatetags.words import standing_in
from tasks.models import Task

ACTS = ("flagged", "claimed", "decided", "revoked")
PEOPLE = tuple(f"{did}_{who}" for did in ACTS for who in ("by", "for"))
WRITERS = (Role.STAFF, Role.HEAD)


class Level(models.TextChoices):
    """Who recognises it: the pilot office itself, or an office above it by a document."""

    CITY = "city", pgettext_lazy("breakthrough", "city")
    PROVINCE = "province", pgettext_lazy("breakthrough", "province")
    NATION = "nation", pgettext_lazy("breakthrough", "nation")


class BreakthroughQuerySet(ProvenanceQuerySet["Breakthrough"]):
    """Reads of breakthroughs."""

    def visible_to(self, user: Any) -> Self:
        """Those of the tasks that the person sees; what was ever recognised is there for the whole programme."""
        own = Q(task__in=Task.objects.visible_to(user).values("pk"))
        known = Q(status__in=Breakthrough.KNOWN, task__programme__in=held.programme_ids(user))
        return self.filter(own | known)

    def standing(self) -> Self:
        """The last of each task; what was taken off the list does not stand."""
        listed = Breakthrough.objects.exclude(status=Breakthrough.Status.DROPPED)
        later = listed.filter(task=OuterRef("task"), pk__gt=OuterRef("pk"))
        return self.exclude(status=Breakthrough.Status.DROPPED).exclude(Exists(later))

    def of_programme(self, programme: Programme) -> Self:
        return self.filter(task__programme=programme)

    def for_move(self) -> Self:
        task = ("task__programme", "task__lead", "task__field")
        return self.select_related(
            *task, "bureau", *PEOPLE, "current__submitted_by", "current__submitted_for"
        )

    def for_list(self) -> Self:
        """With everything that a row of the list or a rule about it reads."""
        return self.for_move().prefetch_related(models.Prefetch("claims", to_attr="filed"))

    def in_order(self) -> Self:
        """What waits first, then what was recognised last."""
        return self.order_by(F("review_due_on").asc(nulls_last=True), "-recognised_on", "task__code", "pk")

    def counted(self, on: datetime.date | None = None) -> Self:
        """The only ones that count to the target: recognised by that day (today), and not revoked by then."""
        day = on or clock.today()
        return self.filter(recognised_on__lte=day).filter(Q(revoked_on=None) | Q(revoked_on__gt=day))

    def of_year(self, year: int) -> Self:
        """Recognised in that year."""
        return self.filter(recognised_on__year=year)

    def to_decide(self) -> Self:
        """Claimed: they wait for the pilot office, and do not count."""
        return self.filter(status=Breakthrough.Status.CLAIMED)

    def to_claim(self, user: Any) -> Self:
        """What waits for the person's own bureaus: candidates, and claims that came back."""
        mine = Task.objects.filter(Task.led(user, WRITERS)).values("pk")
        return self.filter(task__in=mine, status__in=Breakthrough.WAITING_FOR_BUREAU)

    def sought(self, asked: Iterable[Word]) -> Self:
        """Those that hold each word in their task, or in the claim at hand."""
        found = self
        for word in asked:
            tasks = Task.objects.sought([word]).values("pk")
            found = found.filter(Q(task__in=tasks) | word.within("current__text"))
        return found


class Breakthrough(Provenance):
    """What a task brought that is new (DOMAIN, breakthrough). Only what is recognised and not revoked counts.

    `recognised_on` stays when it is revoked: the count of every day can be told again, before and after.
    """

    class Status(models.TextChoices):
        CANDIDATE = "candidate", pgettext_lazy("breakthrough", "candidate")
        CLAIMED = "claimed", pgettext_lazy("breakthrough", "claimed")
        RETURNED = "returned", pgettext_lazy("breakthrough", "returned")
        RECOGNISED = "recognised", pgettext_lazy("breakthrough", "recognised")
        NOT_RECOGNISED = "not_recognised", pgettext_lazy("breakthrough", "not recognised")
        PROMOTED = "promoted", pgettext_lazy("breakthrough", "practice case")
        REVOKED = "revoked", pgettext_lazy("breakthrough", "revoked")
        DROPPED = "dropped", pgettext_lazy("breakthrough", "taken off the list")

    COUNTED = (Status.RECOGNISED, Status.PROMOTED)
    KNOWN = (*COUNTED, Status.REVOKED)
    WAITING_FOR_BUREAU = (Status.CANDIDATE, Status.RETURNED)
    WRITABLE = (*WAITING_FOR_BUREAU, Status.NOT_RECOGNISED)
    """A claim can be written: the first time, after a return, or anew with a new effect."""
    OVER = (Status.REVOKED, Status.DROPPED)
    """Ended: the task may become a candidate again."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="breakthroughs", verbose_name=_("task"))
    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="+", verbose_name=_("bureau"))
    status = models.CharField(_("state"), max_length=14, choices=Status, default=Status.CANDIDATE)
    level = models.CharField(_("level"), max_length=8, choices=Level, blank=True)
    expected_on = models.DateField(_("expected by"), null=True, blank=True)
    flagged_at = models.DateTimeField(_("flagged at"))
    flagged_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    flagged_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    claimed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    claimed_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    current = models.ForeignKey("Claim", models.PROTECT, null=True, blank=True, related_name="+")
    review_due_on = models.DateField(_("to be decided by"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    recognised_on = models.DateField(_("recognised on"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revoked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    revoked_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = BreakthroughQuerySet.as_manager()
    recorded = (
        "task", "bureau", "status", "level", "expected_on", "flagged_at", "flagged_by", "flagged_for", "claimed_at",
        "claimed_by", "claimed_for", "current", "review_due_on", "decided_at", "decided_by", "decided_for",
        "recognised_on", "revoked_at", "revoked_on", "revoked_by", "revoked_for", "reason", "source", "is_sample",
        "sample_fields",
    )  # fmt: skip

    class Meta:
        constraints = [
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{did}_at": None, f"{did}_by": None})
                    | Q(**{f"{did}_at__isnull": False, f"{did}_by__isnull": False}),
                    name=f"breakthrough_{did}_whole",
                )
                for did in ACTS[1:]
            ),
            models.CheckConstraint(
                condition=~Q(status="claimed") | Q(claimed_at__isnull=False, review_due_on__isnull=False),
                name="breakthrough_claimed_has_clock",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["recognised", "promoted", "revoked"])
                | (Q(recognised_on__isnull=False, decided_at__isnull=False) & ~Q(level="")),
                name="breakthrough_recognised_whole",
            ),
            models.CheckConstraint(
                condition=Q(recognised_on=None) | Q(status__in=["recognised", "promoted", "revoked"]),
                name="breakthrough_counted_is_recognised",
            ),
            models.CheckConstraint(
                condition=Q(status="revoked", revoked_at__isnull=False, revoked_on__isnull=False)
                | (~Q(status="revoked") & Q(revoked_at=None, revoked_on=None)),
                name="breakthrough_revoked_says_when",
            ),
            models.UniqueConstraint(
                fields=["task"],
                condition=~Q(status__in=["revoked", "dropped"]),
                name="breakthrough_one_of_task",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "review_due_on"], name="breakthrough_queue"),
            models.Index(fields=["recognised_on", "revoked_on"], name="breakthrough_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.task.code} {self.task.title}"

    @property
    def programme_id(self) -> int:
        return self.task.programme_id

    @property
    def programme(self) -> Programme:
        return self.task.programme

    @property
    def is_counted(self) -> bool:
        """Whether it counts to the target today."""
        return self.status in self.COUNTED

    @property
    def flagger(self) -> str:
        """Who flagged it, and for whom where a deputy did."""
        return standing_in(self.flagged_by, self.flagged_for)

    @property
    def claimer(self) -> str:
        """Who claimed it, and for whom where a deputy did; empty while nobody has."""
        return standing_in(self.claimed_by, self.claimed_for) if self.claimed_by else ""

    @property
    def decider(self) -> str:
        """Who decided it, and for whom where a deputy did; empty while nobody has."""
        return standing_in(self.decided_by, self.decided_for) if self.decided_by else ""

    @property
    def revoker(self) -> str:
        """Who revoked it, and for whom where a deputy did; empty where nobody did."""
        return standing_in(self.revoked_by, self.revoked_for) if self.revoked_by else ""

    def trail_scope(self) -> int:
        return self.task.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "task", self.task_id
