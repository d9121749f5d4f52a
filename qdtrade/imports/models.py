"""Imports: a file, what reading it found, what became of it, and how to take it back."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade.evidence.models import Link
from qdtrade.programmes import held
from qdtrade.programmes.models import Programme

from .kinds import KINDS, Kind

UNHEARD = datetime.timedelta(minutes=1)
"""How long a worker may take to begin, before the page says that nothing is working on it."""
SILENT = datetime.timedelta(minutes=5)
"""How long a worker may be silent: writing a large register takes one transaction, in which nobody hears it."""


class ImportQuerySet(models.QuerySet["Import"]):
    """Reads of imports."""

    def visible_to(self, user: Any) -> Self:
        """Those of the kinds whose files the person may read whole, in each programme where they may."""
        seen = Q(pk__in=[])
        for kind in KINDS.values():
            of_kind = Q(kind=kind.name)
            if kind.is_of_server and getattr(user, "is_active", False) and user.is_superuser:
                seen |= of_kind
            else:
                seen |= of_kind & Q(programme__in=held.programme_ids(user, kind.readers))
        return self.filter(seen)

    def of_kind(self, kind: Kind) -> Self:
        return self.filter(kind=kind.name)

    def for_move(self) -> Self:
        return self.select_related("programme__region", "blob", "added_by", "taken_back_by")

    def for_list(self) -> Self:
        """Rows of a list; what reading found is left out."""
        return self.select_related("programme", "added_by", "taken_back_by").defer("summary")

    def in_order(self) -> Self:
        return self.order_by("-added_at", "-pk")

    def unfinished(self) -> Self:
        """Those that a worker has to do with."""
        return self.filter(status__in=Import.AT_WORK)

    def silent_since(self, moment: datetime.datetime) -> Self:
        """Those whose worker was not heard since this moment of the real clock, or never began."""
        never = Q(beat_at=None, asked_at__lt=moment)
        return self.filter(never | Q(beat_at__lt=moment))


class Import(Link):
    """One uploaded file on its way: read, shown as a dry run, applied or given up, perhaps taken back.

    `kind` says what it holds; the app whose rows it writes registers the kind (`imports.kinds`). The file is kept as
    it was uploaded. `choices` is what the person decided about names and columns, `counts` what the dry run came to,
    `summary` what a page shows of it, and `digest` stands for everything that would be written: applying reads and
    compares anew, and writes only what still has the digest that the person saw.

    `asked_at` and `beat_at` tell by the real clock how long a worker is waited for, and when one was heard last.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("being read")
        READ = "read", _("to be decided")
        UNREADABLE = "unreadable", _("not readable")
        APPLYING = "applying", _("being applied")
        APPLIED = "applied", _("applied")
        FAILED = "failed", _("stopped")
        DROPPED = "dropped", _("given up")
        TAKEN_BACK = "taken_back", _("taken back")

    AT_WORK = (Status.WAITING, Status.APPLYING)

    kind = models.CharField(_("kind"), max_length=20)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="imports")
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.WAITING)
    choices = models.JSONField(_("choices"), default=dict, blank=True)
    counts = models.JSONField(_("rows"), default=dict, blank=True)
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True)
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    taken_back_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    summary = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    trouble = models.JSONField(default=dict, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    beat_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ImportQuerySet.as_manager()
    trail_kind = "registerimport"
    recorded = (
        "programme", "blob", "name", "media_type", "added_at", "added_by", "status", "choices", "counts",
        "applied_at", "taken_back_at", "taken_back_by",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="import_taken_back_whole",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["applied", "taken_back"], applied_at__isnull=False)
                | (~Q(status__in=["applied", "taken_back"]) & Q(applied_at=None)),
                name="import_applied_whole",
            ),
        ]
        indexes = [models.Index(fields=["programme", "kind", "-added_at"], name="import_newest")]

    @property
    def what(self) -> Kind:
        """What the file holds, and who may do what with it."""
        return KINDS[self.kind]

    @property
    def is_at_work(self) -> bool:
        return self.status in self.AT_WORK

    def is_stalled(self, now: datetime.datetime) -> bool:
        """Whether nothing seems to be working on it; `now` is the real time."""
        if not self.is_at_work:
            return False
        if self.beat_at is None:
            return now - self.asked_at > UNHEARD
        return now - self.beat_at > SILENT

    def trail_scope(self) -> int:
        return self.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "registerimport", self.pk


class ImportWorkbook(Link):
    """What reading said of each row of an upload, as a file; made anew by every reading."""

    upload = models.OneToOneField(Import, models.PROTECT, related_name="workbook")


class ImportedRow(models.Model):
    """One row of the database that an import wrote, with what is needed to take it back.

    `kind` is the row's word in the records. `before` holds the fields that were written over, or all fields of a row
    that was removed; `mark` stands for the row as the import left it, with what belongs to it.
    """

    class What(models.TextChoices):
        MADE = "made", pgettext_lazy("of a row", "made")
        CHANGED = "changed", _("changed")
        REMOVED = "removed", _("removed")

    upload = models.ForeignKey(Import, models.PROTECT, related_name="rows")
    kind = models.CharField(max_length=20)
    what = models.CharField(max_length=7, choices=What)
    object_id = models.BigIntegerField()
    before = models.JSONField(default=dict)
    mark = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["upload", "kind", "object_id"], name="imported_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
