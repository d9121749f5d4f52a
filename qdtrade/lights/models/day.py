"""The lights that were kept, and how they are read: always in SQL, always with the day that they were kept for."""

import datetime
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Case, DateField, JSONField, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from qdtrade import clock
from qdtrade.audit import past
from qdtrade.provenance import ProvenanceQuerySet

from ..levels import NO_RANK, RANKS, Level
from .rule import LightRule

Row = TypeVar("Row", bound=models.Model)


class LightDay(models.Model):
    """The light of one object on one day. The light of a day is the last row that was kept for it.

    Rows are appended and never changed or removed: the database itself refuses it (`audit.guards`). So they name their
    object without a constraint, and outlive it. `level` is the light that is shown; `computed` is what the rule says,
    and differs where a person decided otherwise.
    """

    day = models.DateField(_("day"))
    kept_at = models.DateTimeField(_("kept at"))
    level = models.CharField(_("light"), max_length=6, choices=Level)
    computed = models.CharField(_("computed light"), max_length=6, choices=Level)
    reasons = models.JSONField(_("reasons"), default=list)
    rule = models.ForeignKey(LightRule, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


def kept(rows: models.QuerySet[Any], until: datetime.date) -> models.QuerySet[Any]:
    """Lights of days up to this one; in a look at the past those that were kept by then."""
    rows = rows.filter(day__lte=until)
    return rows if past.current() is None else rows.filter(kept_at__lte=clock.now())


class LitQuerySet(ProvenanceQuerySet[Row]):
    """Reads of objects that have lights: their model's rows of LightDay are called `lights`."""

    def with_light(self, on: datetime.date | None = None) -> Self:
        """Adds the light kept last up to this day, or up to today: `light` ("" where none is kept), `light_on`,
        `light_rank` (0 red … 4 grey, 5 none), `light_computed`, `light_reasons`.

        In a look at the past it is the light that was kept by then.
        """
        kept = self._kept(on or clock.today())
        no_light = Value("", output_field=models.CharField())
        ranks = [When(level=level, then=Value(rank)) for level, rank in RANKS.items()]
        ranked = kept.annotate(rank=Case(*ranks, output_field=models.IntegerField()))
        return self.annotate(
            light=Coalesce(Subquery(kept.values("level")[:1]), no_light),
            light_computed=Coalesce(Subquery(kept.values("computed")[:1]), no_light),
            light_on=Subquery(kept.values("day")[:1], output_field=DateField()),
            light_rank=Coalesce(Subquery(ranked.values("rank")[:1]), Value(NO_RANK)),
            light_reasons=Subquery(kept.values("reasons")[:1], output_field=JSONField()),
        )

    def _kept(self, until: datetime.date) -> models.QuerySet[Any]:
        """The rows of each object, the one that holds first."""
        relation: Any = self.model._meta.get_field("lights")
        rows = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
        return kept(rows, until).order_by("-day", "-pk")
