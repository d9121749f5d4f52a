"""An indicator: what is measured, in which unit, by which formula, and who owes its readings."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from qdtrade.accounts.models import Bureau
from qdtrade.programmes import held
from qdtrade.programmes.models import Programme
from qdtrade.provenance import Provenance, ProvenanceQuerySet


class IndicatorQuerySet(ProvenanceQuerySet["Indicator"]):
    """Reads of indicators."""

    def visible_to(self, user: Any) -> Self:
        """Members see all indicators of their programmes."""
        return self.filter(programme__in=held.programme_ids(user))

    def for_list(self) -> Self:
        """With what it comes from and aims at, in two queries whatever their number."""
        return self.select_related("programme", "owner").prefetch_related("targets")

    def going_on(self) -> Self:
        """Those that were not ended."""
        return self.filter(ended_at=None)

    def in_order(self) -> Self:
        return self.order_by("programme", "position", "code", "pk")


class Indicator(Provenance):
    """What the pilot is measured by. Its figures are readings, each approved before it shows (DOMAIN, figures).

    Values are kept in the base unit (yuan, pieces, percent); `scale` says in which multiple Chinese pages show them.
    """

    class Form(models.TextChoices):
        FIGURE = "figure", pgettext_lazy("indicator", "figure")
        RANK = "rank", pgettext_lazy("indicator", "rank")
        WORDS = "words", pgettext_lazy("indicator", "standing in words")

    class Direction(models.TextChoices):
        UP = "up", _("the more the better")
        DOWN = "down", _("the less the better")

    class Scale(models.IntegerChoices):
        ONE = 1, _("as it is")
        WAN = 10_000, _("ten thousands")
        YI = 100_000_000, _("hundred millions")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="indicators")
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    form = models.CharField(
        pgettext_lazy("indicator", "form"), max_length=8, choices=Form, default=Form.FIGURE
    )
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    unit_en = models.CharField(_("English unit"), max_length=20, blank=True)
    scale = models.PositiveIntegerField(_("shown in"), choices=Scale, default=Scale.ONE)
    decimals = models.PositiveSmallIntegerField(_("digits after the point"), default=0)
    is_signed = models.BooleanField(_("shows its sign"), default=False)
    direction = models.CharField(_("direction"), max_length=4, choices=Direction, default=Direction.UP)
    formula = models.TextField(_("formula in words"), max_length=500)
    owner = models.ForeignKey(Bureau, models.PROTECT, related_name="+", verbose_name=_("owner"))
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    ended_reason = models.CharField(_("why it ended"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = IndicatorQuerySet.as_manager()
    plain_fields = (
        "name", "name_en", "unit", "unit_en", "scale", "decimals", "is_signed", "direction", "formula", "owner",
        "position", "source",
    )  # fmt: skip
    recorded = (
        "programme", "code", "form", *plain_fields, "ended_at", "ended_by", "ended_reason", "is_sample",
        "sample_fields",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="indicator_code"),
            models.CheckConstraint(condition=Q(decimals__lte=4), name="indicator_decimals"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_reason=""),
                name="indicator_ended_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def display_name(self) -> str:
        """In the reader's language where the indicator has a name in it."""
        return self.name_en if self.name_en and get_language() == "en" else self.name

    @property
    def is_of_numbers(self) -> bool:
        return self.form != self.Form.WORDS

    @property
    def newest(self) -> Any:
        """The newest reading in force, of an indicator that came through `with_newest`; None without any."""
        found = getattr(self, "newest_readings", [])
        return found[0] if found else None

    def trail_scope(self) -> int:
        return self.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "indicator", self.pk
