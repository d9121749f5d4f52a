"""Files that prove a claim, each with what it proves."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade.evidence.models import Link
from tasks.models import Task

from .breakthrough import Breakthrough


class ClaimFileQuerySet(models.QuerySet["ClaimFile"]):
    """Reads of the proof of claims."""

    def visible_to(self, user: Any) -> Self:
        """For those who see the task; that something was recognised shows its text to all, never its files."""
        return self.filter(breakthrough__task__in=Task.objects.visible_to(user).values("pk"))

    def in_use(self) -> Self:
        """What stands now, with what a list shows of it."""
        return self.filter(dropped_at=None).select_related("blob").order_by("breakthrough", "pk")


class ClaimFile(Link):
    """A document that proves a claim; what is taken off stays in the versions that named it."""

    class Proves(models.TextChoices):
        RULE = "rule", pgettext_lazy("proof", "rule or document")
        PUBLISHED = "published", pgettext_lazy("proof", "publication")
        DATA = "data", pgettext_lazy("proof", "data")
        BENEFICIARY = "beneficiary", pgettext_lazy("proof", "from who benefits")
        PROVINCE = "province", pgettext_lazy("proof", "document of the province")
        NATION = "nation", pgettext_lazy("proof", "document of the nation")

    breakthrough = models.ForeignKey(Breakthrough, models.PROTECT, related_name="files")
    proves = models.CharField(_("what it is"), max_length=12, choices=Proves, default=Proves.RULE)
    kept_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = ClaimFileQuerySet.as_manager()
    recorded = (
        "breakthrough", "proves", "blob", "name", "media_type", "added_at", "added_by", "kept_at", "dropped_at",
    )  # fmt: skip

    def trail_scope(self) -> int:
        return self.breakthrough.programme_id

    def trail_root(self) -> tuple[str, int]:
        return self.breakthrough.trail_root()
