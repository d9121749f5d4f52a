"""Files that prove what a report says."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from qdtrade.evidence.models import Link

from .expected import ExpectedReport
from .milestone import Milestone
from .task import Task


class ReportFileQuerySet(models.QuerySet["ReportFile"]):
    """Reads of evidence."""

    def visible_to(self, user: Any) -> Self:
        """What was submitted is seen by all who see the report; what was not, by those who write it."""
        kept = Q(kept_at__isnull=False, report__expected__task__in=Task.objects.visible_to(user))
        at = "report__expected__"
        return self.filter(kept | ExpectedReport.owed_by(user, at) | ExpectedReport.filed_by(user, at))

    def in_use(self) -> Self:
        """What would be submitted now, with what a list shows of it."""
        return self.filter(dropped_at=None).select_related("blob", "milestone", "added_by").in_order()

    def in_order(self) -> Self:
        return self.order_by("report", "pk")


class ReportFile(Link):
    """Evidence of a report, perhaps for one milestone. `kept_at`: first submitted; from then on it stays."""

    report = models.ForeignKey("Report", models.PROTECT, related_name="files")
    milestone = models.ForeignKey(Milestone, models.PROTECT, null=True, blank=True, related_name="files")
    kept_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = ReportFileQuerySet.as_manager()
    recorded = (
        "report",
        "milestone",
        "blob",
        "name",
        "media_type",
        "added_at",
        "added_by",
        "kept_at",
        "dropped_at",
    )

    def trail_scope(self) -> int:
        return self.report.programme_id

    def trail_root(self) -> tuple[str, int]:
        return self.report.trail_root()
