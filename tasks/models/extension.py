"""More time: asked for by a bureau, signed by its head, decided by the pilot office."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.programmes import held
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.models import Role
from qdtrade.templatetags.words import standing_in

from .milestone import Milestone
from .task import Task

PEOPLE = tuple(f"{did}_{who}" for did in ("asked", "signed", "decided") for who in ("by", "for"))


class ExtensionQuerySet(models.QuerySet["Extension"]):
    """Reads of extensions."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(task__in=Task.objects.visible_to(user))

    def for_move(self) -> Self:
        return self.select_related(
            "task__programme", "task__lead", "task__field", "milestone", "bureau", *PEOPLE
        )

    def for_list(self) -> Self:
        return self.for_move()

    def in_order(self) -> Self:
        """The latest first."""
        return self.order_by("-asked_at", "-pk")

    def to_sign(self, user: Any) -> Self:
        """Those that wait for the signature of a bureau whose head the person is."""
        mine = Q(pk__in=[])
        for m in held.held_by(user):
            if m.role == Role.HEAD:
                mine |= Q(task__programme=m.programme_id, task__lead=m.bureau_id)
        return self.filter(mine, status=Extension.Status.ASKED)

    def to_decide(self) -> Self:
        """Signed and not decided: they wait for the pilot office."""
        return self.filter(status=Extension.Status.SIGNED)

    def waiting(self) -> Self:
        """Those still under way."""
        return self.filter(status__in=Extension.UNDER_WAY)


class Extension(models.Model):
    """A wish for a later day, for one milestone or (without one) for the task's due date (DOMAIN, extension).

    Granted, it moves the current plan; the baseline stays. `from_on` is the day that stood when it was asked for.
    """

    class Status(models.TextChoices):
        ASKED = "asked", pgettext_lazy("extension", "to be signed")
        SIGNED = "signed", pgettext_lazy("extension", "to be decided")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", pgettext_lazy("extension", "refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    UNDER_WAY = (Status.ASKED, Status.SIGNED)

    task = models.ForeignKey(Task, models.PROTECT, related_name="extensions")
    milestone = models.ForeignKey(Milestone, models.PROTECT, null=True, blank=True, related_name="extensions")
    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="+", verbose_name=_("bureau"))
    from_on = models.DateField(_("day so far"))
    to_on = models.DateField(_("day asked for"))
    cause = models.TextField(_("cause"), max_length=2000)
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.ASKED)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)
    signed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    signed_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decide_due_on = models.DateField(_("to be decided by"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(_("answer"), blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ExtensionQuerySet.as_manager()
    recorded = (
        "task", "milestone", "bureau", "from_on", "to_on", "cause", "status", "asked_at", "asked_by", "asked_for",
        "signed_at", "signed_by", "signed_for", "decide_due_on", "decided_at", "decided_by", "decided_for", "answer",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gt=F("from_on")), name="extension_later"),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="extension_signed_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="extension_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["signed", "granted", "refused"])
                | Q(signed_at__isnull=False, decide_due_on__isnull=False),
                name="extension_signed_has_clock",
            ),
            models.UniqueConstraint(
                fields=["milestone"],
                condition=Q(status__in=["asked", "signed"], milestone__isnull=False),
                name="extension_one_of_milestone",
            ),
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(status__in=["asked", "signed"], milestone__isnull=True),
                name="extension_one_of_task",
            ),
        ]
        indexes = [models.Index(fields=["status", "decide_due_on"], name="extension_queue")]

    def __str__(self) -> str:
        return f"{self.task.code} {self.subject}"

    @property
    def subject(self) -> str:
        """What is to come later: a milestone, or the whole task."""
        if self.milestone is None:
            return gettext("due date")
        return gettext("milestone %(number)s") % {"number": self.milestone.number}

    @property
    def days(self) -> int:
        """By how many days."""
        return (self.to_on - self.from_on).days

    def signed(self, *, at: datetime.datetime, by: Any, absent: Any) -> dict[str, Any]:
        """What signing writes: who, when, and by when the pilot office decides."""
        due_on = Calendar().after(clock.day_of(at), self.task.programme.days_to_extend)
        return {"signed_at": at, "signed_by": by, "signed_for": absent, "decide_due_on": due_on}

    @property
    def asker(self) -> str:
        """Who asked, and for whom where a deputy did."""
        return standing_in(self.asked_by, self.asked_for)

    @property
    def signer(self) -> str:
        """Who signed, and for whom where a deputy did; empty while nobody has."""
        return standing_in(self.signed_by, self.signed_for) if self.signed_by else ""

    @property
    def decider(self) -> str:
        """Who decided or withdrew it, and for whom where a deputy did; empty while nobody has."""
        return standing_in(self.decided_by, self.decided_for) if self.decided_by else ""

    def trail_scope(self) -> int:
        return self.task.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "task", self.task_id
