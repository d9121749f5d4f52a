"""By what lights are judged: thresholds that are data, kept version by version."""

import datetime
from decimal import Decimal
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from qdtrade.programmes import held
from qdtrade.programmes.models import Programme

from ..levels import Level

POINTS: dict[str, Any] = {
    "max_digits": 5, "decimal_places": 2, "validators": [MinValueValidator(0), MaxValueValidator(100)],
}  # fmt: skip


class LightRuleQuerySet(models.QuerySet["LightRule"]):
    """Reads of the rules of lights."""

    def visible_to(self, user: Any) -> Self:
        """Members see the rules of their programmes, older versions among them."""
        return self.filter(programme__in=held.programme_ids(user))

    def in_force(self, day: datetime.date) -> Self:
        """The version of each programme that holds on a day: the last that had begun, or the first where none had."""
        begun = Q(valid_from__lte=day)
        later = LightRule.objects.filter(begun, programme=OuterRef("programme"))
        later = later.filter(version__gt=OuterRef("version"))
        return self.filter(begun | Q(version=1)).exclude(Exists(later))

    def in_order(self) -> Self:
        return self.order_by("programme", "-version", "pk")


class LightRule(models.Model):
    """One version of a programme's thresholds (DOMAIN, lights).

    A row is never changed. A new version is a new row, and what was kept under the old one stays as it was.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="light_rules")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    gap_yellow = models.DecimalField(
        _("yellow from a gap of points"),
        default=Decimal(10),
        **POINTS,
        help_text=_("Planned progress less actual progress."),
    )
    gap_red = models.DecimalField(_("red above a gap of points"), default=Decimal(30), **POINTS)
    ahead_points = models.DecimalField(_("blue from points ahead"), default=Decimal(10), **POINTS)
    milestone_days = models.PositiveSmallIntegerField(_("yellow from days before a milestone"), default=7)
    start_yellow = models.PositiveSmallIntegerField(_("yellow from months without a start"), default=1)
    start_red = models.PositiveSmallIntegerField(_("red from months without a start"), default=3)
    late_report = models.CharField(
        _("a late report counts as"), max_length=6, choices=Level, default=Level.YELLOW
    )
    missing_report = models.CharField(
        _("a missing report counts as"), max_length=6, choices=Level, default=Level.RED
    )
    valid_from = models.DateField(_("valid from"))
    reason = models.CharField(_("why this version"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    objects = LightRuleQuerySet.as_manager()
    rule_fields = (
        "gap_yellow", "gap_red", "ahead_points", "milestone_days", "start_yellow", "start_red", "late_report",
        "missing_report", "valid_from",
    )  # fmt: skip
    recorded = ("programme", "version", *rule_fields, "reason", "made_at", "made_by")
    OF_REPORTS = (Level.GREEN.value, Level.YELLOW.value, Level.RED.value)
    """What a report that came late, or not at all, can count as."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="light_rule_version"),
            models.CheckConstraint(condition=Q(version__gte=1), name="light_rule_version_from_one"),
            models.CheckConstraint(condition=Q(gap_red__gte=F("gap_yellow")), name="light_rule_gap_in_order"),
            models.CheckConstraint(
                condition=Q(start_yellow__gte=1, start_red__gte=F("start_yellow")),
                name="light_rule_start_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.version}"

    def clean(self) -> None:
        """What must hold between its fields."""
        faults: dict[str, Any] = {}
        if self.gap_red < self.gap_yellow:
            faults["gap_red"] = _("Red begins no earlier than yellow.")
        if self.start_yellow < 1:
            faults["start_yellow"] = _("At least one month.")
        if self.start_red < self.start_yellow:
            faults["start_red"] = _("Red begins no earlier than yellow.")
        for name in ("late_report", "missing_report"):
            if getattr(self, name) not in self.OF_REPORTS:
                faults[name] = _("A report counts as green, yellow or red.")
        if faults:
            raise ValidationError(faults)

    def trail_scope(self) -> int:
        return self.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "lightrule", self.pk
