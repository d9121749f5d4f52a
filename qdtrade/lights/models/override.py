"""A person's decision that a light is another than the computed one, for a while and with a reason."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..levels import Level


class OverrideQuerySet(models.QuerySet[Any]):
    """Reads of overrides."""

    def running(self, day: datetime.date) -> Self:
        """Those that hold on a day: neither over by date nor ended."""
        return self.filter(ends_on__gte=day, ended_at=None)

    def in_order(self) -> Self:
        return self.order_by("-set_at", "-pk")


class LightOverride(models.Model):
    """This light is shown until the last day, whatever is computed; both are kept and shown (DOMAIN, lights)."""

    level = models.CharField(_("light"), max_length=6, choices=Level)
    reason = models.TextField(_("reason"), max_length=2000)
    ends_on = models.DateField(_("until"))
    set_at = models.DateTimeField(_("set at"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_reason = models.TextField(_("ended because"), max_length=2000, blank=True)

    recorded: tuple[str, ...] = (
        "level", "reason", "ends_on", "set_at", "set_by", "ended_at", "ended_by", "ended_reason",
    )  # fmt: skip

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_reason="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_reason=""),
                name="%(class)s_ended_whole",
            ),
        ]

    def runs_on(self, day: datetime.date) -> bool:
        """Whether it holds on a day."""
        return self.ended_at is None and day <= self.ends_on
