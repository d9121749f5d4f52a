"""What is done with the records of a programme at somebody's wish: they are checked, or packed to be taken away."""

import datetime
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade import clock
from qdtrade.programmes import held
from qdtrade.programmes.models import Programme, Role

READERS = (Role.AUDITOR, Role.MANAGER, Role.ADMIN)
"""Who reads the records of a programme whole."""

UNHEARD = datetime.timedelta(minutes=1)
"""How long a worker may take to begin, before the page says that nothing is working on it."""
SILENT = datetime.timedelta(minutes=5)
"""How long a worker may be silent."""


class WorkQuerySet(models.QuerySet[Any]):
    """Reads of work in the background."""

    def visible_to(self, user: Any) -> Self:
        """That of the programmes whose records the person reads whole."""
        return self.filter(programme__in=held.programme_ids(user, READERS))

    def for_list(self) -> Self:
        return self.select_related("programme", "asked_by")

    def in_order(self) -> Self:
        return self.order_by("-asked_at", "-pk")

    def unfinished(self) -> Self:
        return self.filter(outcome="")

    def silent_since(self, moment: datetime.datetime) -> Self:
        """What a worker was not heard of since this moment of the real clock, or never began."""
        never = Q(beat_at=None, queued_at__lt=moment)
        return self.filter(never | Q(beat_at__lt=moment))


class Work(models.Model):
    """Something that a worker does for a person: who asked, how far it is, what became of it.

    `queued_at` and `beat_at` tell by the real clock how long a worker is waited for, and when one was heard last.
    """

    asked_at = models.DateTimeField(_("asked for at"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    trouble = models.TextField(blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    beat_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_at_work(self) -> bool:
        return self.ended_at is None

    def is_stalled(self, now: datetime.datetime) -> bool:
        """Whether nothing seems to be working on it; `now` is the real time."""
        if not self.is_at_work:
            return False
        if self.beat_at is None:
            return now - self.queued_at > UNHEARD
        return now - self.beat_at > SILENT


class Package(Work):
    """Records of a programme with what they are about, as one file that proves itself (docs/records.md).

    It holds the records from `first_seq` to `last_seq` without a gap; `parts` says what else.
    """

    class Outcome(models.TextChoices):
        MADE = "made", pgettext_lazy("package", "made")
        FAILED = "failed", _("stopped")

    class Part(models.TextChoices):
        REGISTER = "register", _("register")
        REPORTS = "reports", _("reports with their versions")
        FILES = "files", _("evidence files")
        PROJECTS = "projects", _("signed projects")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="packages")
    from_on = models.DateField(_("from"), null=True, blank=True)
    to_on = models.DateField(_("to"), null=True, blank=True)
    parts = models.JSONField(_("contents"), default=list, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    first_seq = models.BigIntegerField(_("first record"), null=True, blank=True)
    last_seq = models.BigIntegerField(_("last record"), null=True, blank=True)
    size = models.BigIntegerField(_("size"), null=True, blank=True)
    sha256 = models.CharField(_("checksum"), max_length=64, blank=True)

    objects = WorkQuerySet.as_manager()
    recorded = (
        "programme", "from_on", "to_on", "parts", "asked_at", "asked_by", "outcome", "ended_at", "first_seq",
        "last_seq", "size", "sha256",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", ended_at=None) | (~Q(outcome="") & Q(ended_at__isnull=False)),
                name="package_ended_whole",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="made")
                | Q(first_seq__isnull=False, last_seq__isnull=False, size__isnull=False),
                name="package_made_whole",
            ),
        ]
        indexes = [models.Index(fields=["programme", "-asked_at"], name="package_newest")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{self.programme.code}-{self.asked_at.astimezone(clock.BEIJING):%Y%m%d}-{self.pk}.zip"

    @property
    def path(self) -> Path:
        """Where its file is kept: outside of what evidence is kept in."""
        return Path(settings.PACKAGES) / f"{self.pk}.zip"

    @property
    def is_there(self) -> bool:
        """Whether its file can still be taken away."""
        return self.outcome == self.Outcome.MADE and self.path.is_file()

    def trail_scope(self) -> int:
        return self.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "package", self.pk


class Verification(Work):
    """One walk along the chain of a programme, as far as it stood then: whole, or broken at a record, and why.

    A worker that is stopped goes on at `reached`, whose hash is `reached_hash`.
    """

    class Outcome(models.TextChoices):
        WHOLE = "whole", _("whole")
        BROKEN = "broken", _("broken")
        FAILED = "failed", _("stopped")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="verifications")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    records = models.BigIntegerField(_("records"), default=0)
    seconds = models.DecimalField(_("seconds"), max_digits=9, decimal_places=1, default=0)
    broken_seq = models.BigIntegerField(_("broken at record"), null=True, blank=True)
    findings = models.JSONField(_("what is wrong"), default=list, blank=True)
    reached = models.BigIntegerField(default=0)
    reached_hash = models.CharField(max_length=64, blank=True)

    objects = WorkQuerySet.as_manager()
    recorded = (
        "programme", "asked_at", "asked_by", "outcome", "ended_at", "records", "seconds", "broken_seq", "findings",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", ended_at=None) | (~Q(outcome="") & Q(ended_at__isnull=False)),
                name="verification_ended_whole",
            )
        ]
        indexes = [models.Index(fields=["programme", "-asked_at"], name="verification_newest")]

    def __str__(self) -> str:
        return f"{self.programme.code} {self.asked_at.astimezone(clock.BEIJING):%Y-%m-%d %H:%M}"

    def trail_scope(self) -> int:
        return self.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "verification", self.pk
