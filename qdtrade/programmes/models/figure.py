"""The figures that were kept when a period was frozen, and what put some of them right afterwards."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import held
from .membership import READS_ALL
from .period import Period

PLACES = 6
"""Digits that are kept behind the point, whatever a figure shows."""


class RestatementQuerySet(models.QuerySet["Restatement"]):
    """Reads of restatements."""

    def visible_to(self, user: Any) -> Self:
        """Those of programmes that the person reads whole: the figures are of the whole."""
        return self.filter(period__programme__in=held.programme_ids(user, READS_ALL))

    def in_order(self) -> Self:
        return self.select_related("made_by").order_by("period", "made_at", "pk")


class Restatement(models.Model):
    """Figures of a frozen period that were put right: why, by whom, and how many; the old ones stay (DOMAIN, law 3).

    The hash is that of its rows, so that the records bind what they say.
    """

    period = models.ForeignKey(Period, models.PROTECT, related_name="restatements")
    reason = models.TextField(_("reason"), max_length=2000)
    figures = models.PositiveIntegerField(_("figures"))
    figures_hash = models.CharField(_("hash of the figures"), max_length=64)
    made_at = models.DateTimeField(_("restated at"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = RestatementQuerySet.as_manager()
    recorded = ("period", "reason", "figures", "figures_hash", "made_at", "made_by")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="restatement_has_reason"),
            models.CheckConstraint(condition=Q(figures__gte=1), name="restatement_has_figures"),
        ]

    def __str__(self) -> str:
        return gettext("Restatement of %(period)s") % {"period": self.period}

    def trail_scope(self) -> int:
        return self.period.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "period", self.period_id


class PeriodFigureQuerySet(models.QuerySet["PeriodFigure"]):
    """Reads of kept figures."""

    def visible_to(self, user: Any) -> Self:
        """Those of programmes that the person reads whole; nobody keeps the figures of a smaller scope."""
        return self.filter(period__programme__in=held.programme_ids(user, READS_ALL))

    def by(self, moment: datetime.datetime) -> Self:
        """Those that had been kept by a moment."""
        return self.filter(computed_at__lte=moment)

    def as_added(self) -> Self:
        """The first ones first, each with its restatement."""
        return self.select_related("restatement__made_by").order_by("pk")


class PeriodFigure(models.Model):
    """One figure of a period as it was computed once; rows are only added (the database's own guard).

    `name` is the set that it belongs to and `part` what of it; `by` and `key` say of which bureau or field, `label`
    what that was called, `title` what the figure itself is called where no code names it. A figure that was put right
    has a second row that names its restatement. A value of None has nothing to divide by and is no 0. `words` say
    how a reading was quoted, where that is no plain number.
    """

    period = models.ForeignKey(Period, models.PROTECT, related_name="kept_figures")
    restatement = models.ForeignKey(Restatement, models.PROTECT, null=True, blank=True, related_name="rows")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=40)
    part = models.CharField(max_length=60, blank=True)
    by = models.CharField(max_length=20, blank=True)
    key = models.CharField(max_length=40, blank=True)
    label = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    value = models.DecimalField(max_digits=24, decimal_places=PLACES, null=True, blank=True)
    numerator = models.DecimalField(max_digits=24, decimal_places=PLACES, null=True, blank=True)
    denominator = models.DecimalField(max_digits=24, decimal_places=PLACES, null=True, blank=True)
    digits = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    qualifier = models.CharField(max_length=12, blank=True)
    formula = models.CharField(max_length=400, blank=True)
    version = models.CharField(max_length=40, blank=True)
    as_of = models.DateField()
    computed_at = models.DateTimeField()

    objects = PeriodFigureQuerySet.as_manager()
    SAYS = (
        "name", "part", "by", "key", "label", "title", "title_en", "value", "numerator", "denominator", "digits",
        "words", "unit", "qualifier", "formula", "version", "as_of",
    )  # fmt: skip
    """What a row says, and its hash binds."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["period", "name", "part", "by", "key"],
                condition=Q(restatement=None),
                name="period_figure_once",
            ),
            models.UniqueConstraint(
                fields=["restatement", "name", "part", "by", "key"],
                condition=Q(restatement__isnull=False),
                name="period_figure_restated_once",
            ),
        ]
        indexes = [models.Index(fields=["period", "id"], name="period_figure_order")]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, self.part, self.label or self.title)))

    @property
    def place(self) -> tuple[str, str, str, str]:
        """What it is the figure of, within its period."""
        return self.name, self.part, self.by, self.key
