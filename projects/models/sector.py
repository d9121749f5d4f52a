"""What kinds of business projects are about."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from qdtrade.programmes import held
from qdtrade.programmes.models import Programme


class SectorQuerySet(models.QuerySet["Sector"]):
    """Reads of sectors."""

    def visible_to(self, user: Any) -> Self:
        """Members see all sectors of their programmes."""
        return self.filter(programme__in=held.programme_ids(user))

    def in_order(self) -> Self:
        return self.order_by("programme", "number", "pk")


class Sector(models.Model):
    """A sector that a programme's projects are grouped under (领域)."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="sectors")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=60)

    objects = SectorQuerySet.as_manager()
    recorded = ("programme", "number", "name")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="sector_number"),
            models.UniqueConstraint(fields=["programme", "name"], name="sector_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def trail_scope(self) -> int:
        return self.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "sector", self.pk
