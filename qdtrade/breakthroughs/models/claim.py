"""What a bureau claims: each version as it was submitted, and what is still being written."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade.templatetags.words import standing_in
from tasks.models import Task

from .. import contents
from .breakthrough import Breakthrough


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Reads of claims."""

    def visible_to(self, user: Any) -> Self:
        """Those of tasks that the person sees; what was recognised is there for the whole programme."""
        own = Q(breakthrough__task__in=Task.objects.visible_to(user).values("pk"))
        seen = Breakthrough.objects.visible_to(user).values("pk")
        return self.filter(own | Q(decision=Claim.Decision.RECOGNISED, breakthrough__in=seen))

    def in_order(self) -> Self:
        return self.order_by("breakthrough", "-number", "pk")


class Claim(models.Model):
    """A claim as it was submitted, kept whole; its decision is written once.

    `content` holds the fields of `contents` and the list of files with their hashes; `remarks` what the reviewer wrote
    beside each of them. `claimed_from` names the source of what the office claimed for a bureau without an account
    (代填). `hands` holds the ids of all who wrote its text or added its proof: none of them may decide it.
    """

    class Decision(models.TextChoices):
        RECOGNISED = "recognised", pgettext_lazy("breakthrough", "recognised")
        NOT_RECOGNISED = "not_recognised", pgettext_lazy("breakthrough", "not recognised")
        RETURNED = "returned", pgettext_lazy("breakthrough", "returned")
        WITHDRAWN = "withdrawn", _("withdrawn")

    breakthrough = models.ForeignKey(Breakthrough, models.PROTECT, related_name="claims")
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("content"))
    submitted_at = models.DateTimeField(_("submitted at"))
    submitted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    submitted_for = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    claimed_from = models.CharField(_("claimed by the office from"), max_length=200, blank=True)
    hands = models.JSONField(_("who had a hand in it"), default=list, blank=True)
    decision = models.CharField(_("decision"), max_length=14, choices=Decision, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    comment = models.TextField(_("reason"), blank=True)
    remarks = models.JSONField(_("remarks"), default=dict, blank=True)
    text = models.TextField(default="", blank=True, editable=False)

    objects = ClaimQuerySet.as_manager()
    recorded = (
        "breakthrough", "number", "content", "submitted_at", "submitted_by", "submitted_for", "claimed_from", "hands",
        "decision", "decided_at", "decided_by", "decided_for", "comment", "remarks",
    )  # fmt: skip
    derived = {"text": lambda row: contents.said(row.content)}
    derived_from = ("decided_at",)
    """A content never changes."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["breakthrough", "number"], name="claim_number"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None, decided_by=None)
                | (~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="claim_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.breakthrough} v{self.number}"

    @property
    def submitter(self) -> str:
        """Who submitted it, and for whom where a deputy did."""
        return standing_in(self.submitted_by, self.submitted_for)

    @property
    def decider(self) -> str:
        """Who decided it, and for whom where a deputy did; empty while nobody has."""
        return standing_in(self.decided_by, self.decided_for) if self.decided_by else ""

    def trail_scope(self) -> int:
        return self.breakthrough.programme_id

    def trail_root(self) -> tuple[str, int]:
        return self.breakthrough.trail_root()


class ClaimDraft(models.Model):
    """What a bureau is writing: autosaved, not recorded, seen by that bureau alone.

    `past` keeps the last contents by version, so that two tabs can be merged field by field; `after` is the number of
    the claim that it goes on from, 0 for none. `hands` holds the ids of all who ever wrote in it.
    """

    breakthrough = models.OneToOneField(Breakthrough, models.PROTECT, related_name="draft")
    content = models.JSONField(default=dict)
    past = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    after = models.PositiveIntegerField(default=0)
    hands = models.JSONField(default=list)
    claimed_from = models.CharField(max_length=200, blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.breakthrough_id} v{self.version}"
