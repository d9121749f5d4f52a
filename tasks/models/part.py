"""Parts (分工): what a cooperating bureau or a district contributes to a task, and how far it is."""

import datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.programmes import held
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.models import Role
from qdtrade.provenance import Provenance, ProvenanceQuerySet
from qdtrade.templatetags.words import standing_in

from .task import Task

WRITERS = (Role.HEAD, Role.STAFF)
OF_PART = tuple(f"{did}_{who}" for did in ("given", "accepted", "closed") for who in ("by", "for"))
"""Who gave, accepted and closed: a move's rules and words read them."""

UNCLOSED: dict[str, Any] = {"closed_at": None, "closed_by": None, "closed_for": None, "closed_reason": ""}
"""Of a part that is under way."""

LEADS_NOW = "leads_now"
"""Why a move ended a part by itself: its bureau came to lead the task. Kept as a code (DECISIONS 13)."""


class PartQuerySet(ProvenanceQuerySet["Part"]):
    """Reads of parts."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(task__in=Task.objects.visible_to(user))

    def for_move(self) -> Self:
        rows = self.select_related(
            "task__programme", "task__lead", "task__field", "bureau", "under__bureau", *OF_PART
        )
        return rows.prefetch_related(
            Prefetch("below", Part.objects.not_in().order_by("number", "pk"), to_attr="waits_for")
        )

    def for_list(self) -> Self:
        return self.for_move()

    def with_light(self) -> Self:
        """Adds `light`: that of the task, "" where none is kept."""
        tasks: Any = Task.objects.with_light().filter(pk=OuterRef("task")).order_by()
        return self.annotate(light=Subquery(tasks.values("light")[:1], output_field=models.CharField()))

    def in_order(self) -> Self:
        """As the register is numbered, then as they were given."""
        return self.order_by("task__field__number", "task__position", "task__code", "number", "pk")

    def held_by(self, user: Any) -> Self:
        """Those of bureaus for which the person writes."""
        mine = Q(pk__in=[])
        for m in held.held_by(user):
            if m.role in WRITERS:
                mine |= Q(task__programme=m.programme_id, bureau=m.bureau_id)
        return self.filter(mine)

    def not_in(self) -> Self:
        """Neither done nor ended: a completion claim waits for them."""
        return self.exclude(status__in=Part.SETTLED)

    def to_accept(self) -> Self:
        """Given and not signed for, where the task's clocks run."""
        return self.filter(status=Part.Status.GIVEN).exclude(task__status__in=Task.AT_REST)

    def not_signed_in_time(self, today: datetime.date) -> Self:
        """Those whose bureau should have signed for them before this day."""
        return self.to_accept().filter(accept_due_on__lt=today)

    def past_their_day(self, today: datetime.date) -> Self:
        """Accepted, and not done by their day, where the task's clocks run."""
        late = self.filter(status=Part.Status.ACCEPTED, due_on__lt=today)
        return late.exclude(task__status__in=Task.AT_REST)


class Part(Provenance):
    """A named part of a task that a cooperating bureau, or a district under it, answers for (DOMAIN, task).

    The bureau signs for it within its clock or sends it back, files it each period, and says when it is done.
    """

    class Status(models.TextChoices):
        GIVEN = "given", pgettext_lazy("part", "to accept")
        ACCEPTED = "accepted", pgettext_lazy("part", "accepted")
        SENT_BACK = "sent_back", pgettext_lazy("part", "sent back")
        DONE = "done", pgettext_lazy("part", "done")
        ENDED = "ended", pgettext_lazy("part", "ended")

    SETTLED = (Status.DONE, Status.ENDED)
    UNDER_WAY = (Status.GIVEN, Status.ACCEPTED)

    task = models.ForeignKey(Task, models.PROTECT, related_name="parts")
    number = models.PositiveSmallIntegerField(_("number"))
    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="parts", verbose_name=_("bureau"))
    under = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="below", verbose_name=_("part above")
    )
    what = models.TextField(_("what is asked"), max_length=500)
    due_on = models.DateField(_("due on"))
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.GIVEN)
    given_at = models.DateTimeField(_("given at"))
    given_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    given_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    accept_due_on = models.DateField(_("to be accepted by"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    accepted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    accepted_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    closed_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    closed_reason = models.TextField(_("what was said"), blank=True)
    version = models.PositiveIntegerField(default=1)

    waits_for: list["Part"]
    """Set by `for_move()` and `for_list()`: the parts below it that are not in yet."""

    objects = PartQuerySet.as_manager()
    recorded = (
        "task", "number", "bureau", "under", "what", "due_on", "status", "given_at", "given_by", "given_for",
        "accept_due_on", "accepted_at", "accepted_by", "accepted_for", "closed_at", "closed_by", "closed_for",
        "closed_reason", "source", "is_sample", "sample_fields",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "number"], name="part_number"),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="part_accepted_whole",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, closed_reason="")
                | Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(closed_reason=""),
                name="part_closed_whole",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["given", "accepted"], closed_at=None)
                | Q(status__in=["sent_back", "done", "ended"], closed_at__isnull=False),
                name="part_closed_by_state",
            ),
        ]
        indexes = [
            models.Index(fields=["bureau", "status"], name="part_bureau_status"),
            models.Index(fields=["status", "accept_due_on"], name="part_clock"),
        ]

    def __str__(self) -> str:
        return f"{self.task.code} {self.bureau}"

    def clean(self) -> None:
        if not self.what.strip():
            raise ValidationError({"what": _("Say what is asked of the bureau.")})
        if self.under is not None and self.under.task_id != self.task_id:
            raise ValidationError({"under": _("The part above is of another task.")})

    @property
    def is_under_way(self) -> bool:
        return self.status in self.UNDER_WAY

    @property
    def giver(self) -> str:
        """Who gave it, and for whom where a deputy did."""
        return standing_in(self.given_by, self.given_for)

    @property
    def accepter(self) -> str:
        """Who signed for it, and for whom where a deputy did; empty while nobody has."""
        return standing_in(self.accepted_by, self.accepted_for) if self.accepted_by else ""

    @property
    def closer(self) -> str:
        """Who sent it back, finished or ended it, and for whom where a deputy did; empty while nobody has."""
        return standing_in(self.closed_by, self.closed_for) if self.closed_by else ""

    @property
    def closed_words(self) -> str:
        """What was said on closing, in the reader's language where a move said it by itself."""
        return closed_words(self.closed_reason)

    def given(self, *, at: datetime.datetime, by: Any, absent: Any) -> dict[str, Any]:
        """What giving writes: who, when, and by when the bureau signs for it."""
        due_on = Calendar().after(clock.day_of(at), self.task.programme.accept_days)
        return {"given_at": at, "given_by": by, "given_for": absent, "accept_due_on": due_on}

    def trail_scope(self) -> int:
        return self.task.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "task", self.task_id


def closed_words(reason: str) -> str:
    """A stored reason of closing as a person reads it."""
    return str(_("the bureau leads the task now")) if reason == LEADS_NOW else reason
