"""What a bureau's head was asked to sign, where the programme has heads sign."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qdtrade.templatetags.words import standing_in


class SignOff(models.Model):
    """A text as its author laid it before the head of the bureau (单位审签), and what became of it.

    `content` is kept as it was asked and is not recorded, for a text is its bureau's own until it is submitted; its
    `digest` is, so that nobody can say later that another one was signed. `hands` holds the ids of all who wrote in
    it; `draft_version` is that of the draft when it was asked, so that a text written later is known to be newer;
    `became` is the version that the head submitted.
    """

    class Decision(models.TextChoices):
        SIGNED = "signed", _("signed")
        SENT_BACK = "sent_back", _("sent back to its author")
        WITHDRAWN = "withdrawn", _("withdrawn")

    report = models.ForeignKey("Report", models.PROTECT, related_name="sign_offs")
    number = models.PositiveIntegerField(_("sign-off"))
    content = models.JSONField(_("content"))
    digest = models.CharField(max_length=64)
    hands = models.JSONField(_("who had a hand in it"), default=list)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    comment = models.TextField(_("reason"), blank=True)
    remarks = models.JSONField(_("remarks"), default=dict, blank=True)
    draft_version = models.PositiveIntegerField(default=0)
    became = models.OneToOneField(
        "ReportVersion", models.PROTECT, null=True, blank=True, related_name="sign_off"
    )

    recorded = (
        "report", "number", "digest", "hands", "asked_at", "asked_by", "asked_for", "decision", "decided_at",
        "decided_by", "decided_for", "comment", "remarks", "draft_version", "became",
    )  # fmt: skip
    people = ("asked_by", "asked_for", "decided_by", "decided_for")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="sign_off_number"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None, decided_by=None)
                | (~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="sign_off_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(became=None) | Q(decision="signed"), name="sign_off_became_what_was_signed"
            ),
        ]

    def __str__(self) -> str:
        return _("%(report)s, sign-off %(number)d") % {"report": self.report, "number": self.number}

    @property
    def asker(self) -> str:
        """Who asked, and for whom where a deputy did."""
        return standing_in(self.asked_by, self.asked_for)

    @property
    def decider(self) -> str:
        """Who signed, sent back or withdrew it, and for whom where a deputy did; empty while nobody has."""
        return standing_in(self.decided_by, self.decided_for) if self.decided_by else ""

    @property
    def holds(self) -> bool:
        """Whether its text is still what the bureau has in hand: not submitted, or withdrawn after that."""
        return self.became is None or self.became.decision == "withdrawn"

    def trail_scope(self) -> int:
        return self.report.programme_id

    def trail_root(self) -> tuple[str, int]:
        return self.report.trail_root()
