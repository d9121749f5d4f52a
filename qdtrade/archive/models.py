"""Packages of records that were made to be taken away."""

import datetime
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qdtrade.programmes import held
from qdtrade.programmes.models import Programme, Role

READERS = (Role.AUDITOR, Role.MANAGER, Role.ADMIN)
"""Who reads the records of a programme whole."""

UNHEARD = datetime.timedelta(minutes=1)
"""How long a worker may take to begin, before the page says that nothing is working on it."""
SILENT = datetime.timedelta(minutes=5)
"""How long a worker may be silent."""


class PackageQuerySet(models.QuerySet["Package"]):
    """Reads of packages."""

    def visible_to(self, user: Any) -> Self:
        """Those of the programmes whose records the person reads whole."""
        return self.filter(programme__in=held.programme_ids(user, READERS))

    def for_list(self) -> Self:
        return self.select_related("programme", "asked_by")

    def in_order(self) -> Self:
        return self.order_by("-asked_at", "-pk")

    def unfinished(self) -> Self:
        return self.filter(outcome="")

    def silent_since(self, moment: datetime.datetime) -> Self:
        """Those whose worker was not heard since this moment of the real clock, or never began."""
        never = Q(beat_at=None, queued_at__lt=moment)
        return self.filter(never | Q(beat_at__lt=moment))


class Package(models.Model):
    """Records of a programme with what they are about, as one file that proves itself (docs/records.md).

    It holds the records from `first_seq` to `last_seq` without a gap; `parts` says what else. `queued_at` and `beat_at`
    tell by the real clock how long a worker is waited for, and when one was heard last.
    """

    class Outcome(models.TextChoices):
        MADE = "made", _("made")
        FAILED = "failed", _("stopped")

    class Part(models.TextChoices):
        REGISTER = "register", _("register")
        REPORTS = "reports", _("reports with their versions")
        FILES = "files", _("evidence files")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="packages")
    from_on = models.DateField(_("from"), null=True, blank=True)
    to_on = models.DateField(_("to"), null=True, blank=True)
    parts = models.JSONField(_("contents"), default=list, blank=True)
    asked_at = models.DateTimeField(_("asked for at"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    ended_at = models.DateTimeField(_("made at"), null=True, blank=True)
    first_seq = models.BigIntegerField(_("first record"), null=True, blank=True)
    last_seq = models.BigIntegerField(_("last record"), null=True, blank=True)
    size = models.BigIntegerField(_("size"), null=True, blank=True)
    sha256 = models.CharField(_("checksum"), max_length=64, blank=True)
    trouble = models.TextField(blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    beat_at = models.DateTimeField(null=True, blank=True)

    objects = PackageQuerySet.as_manager()
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
        return f"{self.programme.code}-{self.asked_at:%Y%m%d}-{self.pk}.zip"

    @property
    def path(self) -> Path:
        """Where its file is kept: outside of what evidence is kept in."""
        return Path(settings.PACKAGES) / f"{self.pk}.zip"

    @property
    def is_at_work(self) -> bool:
        return not self.outcome

    @property
    def is_there(self) -> bool:
        """Whether its file can still be taken away."""
        return self.outcome == self.Outcome.MADE and self.path.is_file()

    def is_stalled(self, now: datetime.datetime) -> bool:
        """Whether nothing seems to be working on it; `now` is the real time."""
        if not self.is_at_work:
            return False
        if self.beat_at is None:
            return now - self.queued_at > UNHEARD
        return now - self.beat_at > SILENT

    def trail_scope(self) -> int:
        return self.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "package", self.pk
