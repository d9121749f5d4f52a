"""What was submitted, kept whole, and what was decided about it."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qdtrade.sought import Word
from qdtrade.templatetags.words import standing_in

from .. import content as contents
from .task import Task


class ReportVersionQuerySet(models.QuerySet["ReportVersion"]):
    """Reads of kept versions."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(report__expected__task__in=Task.objects.visible_to(user))

    def in_order(self) -> Self:
        return self.order_by("report", "-number", "pk")


class ReportVersion(models.Model):
    """A version as it was submitted, kept whole; its decision is written once.

    `content` holds the fields of `tasks.content` and the list of files with their hashes; `remarks` what the
    reviewer wrote beside each field. `filed_from` names the source, a letter or a call, of a version that the office
    filed for a bureau without an account (代填); it is empty where the bureau filed itself. `submitted_for` and
    `decided_for` name the absent person where a deputy did it. `hands` holds the ids of all who wrote its text or added
    its evidence: like those who submitted it, none of them may review it.
    """

    class Decision(models.TextChoices):
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("returned")
        WITHDRAWN = "withdrawn", _("withdrawn")

    report = models.ForeignKey("Report", models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("content"))
    submitted_at = models.DateTimeField(_("submitted at"))
    submitted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    submitted_for = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    comment = models.TextField(_("reason"), blank=True)
    filed_from = models.CharField(_("filed by the office from"), max_length=200, blank=True)
    hands = models.JSONField(_("who had a hand in it"), default=list, blank=True)
    remarks = models.JSONField(_("remarks"), default=dict, blank=True)
    text = models.TextField(default="", blank=True, editable=False)
    progress = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True, editable=False)

    objects = ReportVersionQuerySet.as_manager()
    recorded = (
        "report", "number", "content", "submitted_at", "submitted_by", "submitted_for", "decision", "decided_at",
        "decided_by", "decided_for", "comment", "filed_from", "hands", "remarks",
    )  # fmt: skip
    derived = {
        "text": lambda row: contents.said(row.content, row.comment, row.remarks),
        "progress": lambda row: contents.progress(row.content),
    }
    derived_from = ("comment", "decided_at")
    """A content never changes; remarks come with the decision."""
    people = ("submitted_by", "submitted_for", "decided_by", "decided_for")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_version_number"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None, decided_by=None)
                | (~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="report_version_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} v{self.number}"

    @staticmethod
    def said_in(word: Word, report: str = "pk") -> Q:
        """Reports in whose text the word stands, in the version at hand or in force, or in what was said about it.

        Drafts and versions that were withdrawn are nobody's to find. `report` leads from the row to its report. The
        texts are read once, whichever of the two a version is.
        """
        at_hand = Q(report__current=F("pk")) | Q(report__in_force=F("pk"))
        saying = ReportVersion.objects.filter(at_hand, word.within("text"))
        return Q(**{f"{report}__in": saying.values("report")})

    @property
    def submitter(self) -> str:
        """Who submitted it, and for whom where a deputy did."""
        return standing_in(self.submitted_by, self.submitted_for)

    @property
    def decider(self) -> str:
        """Who decided it, and for whom where a deputy did; empty while nobody has."""
        return standing_in(self.decided_by, self.decided_for) if self.decided_by else ""

    def trail_scope(self) -> int:
        return self.report.programme_id

    def trail_root(self) -> tuple[str, int]:
        return self.report.trail_root()
