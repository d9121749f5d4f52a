"""What an indicator comes from and aims at: its baseline, and a target for each period."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade.provenance import Provenance, ProvenanceQuerySet

from .indicator import Indicator

VALUE: dict[str, Any] = {"max_digits": 20, "decimal_places": 4}


class IndicatorTargetQuerySet(ProvenanceQuerySet["IndicatorTarget"]):
    """Reads of baselines and targets."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(indicator__in=Indicator.objects.visible_to(user))

    def for_list(self) -> Self:
        return self.select_related("indicator__programme", "indicator__owner")

    def in_order(self) -> Self:
        """By indicator, then in order of time."""
        return self.order_by("indicator__position", "indicator", "on", "pk")


class IndicatorTarget(Provenance):
    """A value on a day: where the indicator began, or where it is to be at the end of a period."""

    class Kind(models.TextChoices):
        BASELINE = "baseline", pgettext_lazy("indicator", "baseline")
        TARGET = "target", pgettext_lazy("indicator", "target")

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    kind = models.CharField(pgettext_lazy("indicator", "kind"), max_length=8, choices=Kind)
    period = models.CharField(pgettext_lazy("indicator", "period"), max_length=40)
    on = models.DateField(pgettext_lazy("indicator", "day that it stands for"))
    value = models.DecimalField(_("value"), **VALUE)

    objects = IndicatorTargetQuerySet.as_manager()
    plain_fields = ("period", "on", "value", "source")
    recorded = ("indicator", "kind", *plain_fields, "is_sample", "sample_fields")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "kind", "on"], name="target_once_a_day"),
            models.UniqueConstraint(
                fields=["indicator"], condition=Q(kind="baseline"), name="target_one_baseline"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.get_kind_display()} {self.period}"

    def trail_scope(self) -> int:
        return self.indicator.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "indicator", self.indicator_id
