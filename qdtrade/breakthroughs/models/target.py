"""How many breakthroughs a year is to bring, and by when how many of them."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qdtrade.programmes import held
from qdtrade.programmes.models import Programme
from qdtrade.provenance import Provenance, ProvenanceQuerySet

DAYS_IN_FORCE = 90
"""How long what is new must have been in force where a programme has set nothing else (our choice)."""


class BreakthroughTargetQuerySet(ProvenanceQuerySet["BreakthroughTarget"]):
    """Reads of targets."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(programme__in=held.programme_ids(user))

    def in_order(self) -> Self:
        return self.order_by("programme", "-year", "pk")


class BreakthroughTarget(Provenance):
    """The target of a year as a curve: `points` holds how many are due by the end of each month, the last the total.

    Each change stays in the records with its reason, so the curve of any past day is the one that held then.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="breakthrough_targets")
    year = models.PositiveSmallIntegerField(_("year"))
    points = models.JSONField(_("due by the end of each month"))
    days_in_force = models.PositiveSmallIntegerField(_("days in force before a claim"), default=DAYS_IN_FORCE)
    version = models.PositiveIntegerField(default=1)

    objects = BreakthroughTargetQuerySet.as_manager()
    recorded = ("programme", "year", "points", "days_in_force", "source", "is_sample", "sample_fields")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="breakthrough_target_once"),
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100), name="breakthrough_target_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.year}"

    @property
    def total(self) -> int:
        """What the whole year is to bring."""
        return int(self.points[-1])

    def due_in(self, month: int) -> int:
        """How many are due by the end of a month, from 1 to 12."""
        return int(self.points[month - 1])

    def trail_scope(self) -> int:
        return self.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "breakthroughtarget", self.pk
