"""Whom projects are signed with."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qdtrade.pinyin import sounds_of
from qdtrade.programmes import held
from qdtrade.programmes.models import Programme
from qdtrade.provenance import Provenance, ProvenanceQuerySet

from .. import uscc

CHINA = "中国"
CHINESE = {CHINA, "中国大陆", "中华人民共和国", "CN", "CHN", "China"}
"""How files write the mainland; a firm from Hong Kong, Macao or Taiwan has no code of this kind."""


class PartnerQuerySet(ProvenanceQuerySet["Partner"]):
    """Reads of partners."""

    def visible_to(self, user: Any) -> Self:
        """Members see all partners of their programmes: a firm is one and the same whoever it signs with."""
        return self.filter(programme__in=held.programme_ids(user))

    def in_order(self) -> Self:
        return self.order_by("programme", "name", "pk")


class Partner(Provenance):
    """A firm that signs, with its unified social credit code where it is a Chinese one."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="partners")
    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country or region"), max_length=60, default=CHINA)
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    pinyin = models.TextField(default="", blank=True, editable=False)
    initials = models.TextField(default="", blank=True, editable=False)

    objects = PartnerQuerySet.as_manager()
    plain_fields = ("name", "country", "uscc", "source")
    recorded = ("programme", *plain_fields, "is_sample", "sample_fields")
    derived = sounds_of("name")
    derived_from = ("name",)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="partner_name"),
            models.UniqueConstraint(
                fields=["programme", "uscc"], condition=~Q(uscc=""), name="partner_uscc",
                violation_error_message=_("Another partner of this programme has this code."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def is_chinese(self) -> bool:
        """Whether it is a firm of the mainland, which has a unified social credit code."""
        return self.country in CHINESE

    def clean(self) -> None:
        if self.country in CHINESE:
            self.country = CHINA
        self.uscc = uscc.tidy(self.uscc)
        if self.uscc and not self.is_chinese:
            raise ValidationError({"uscc": _("Only a firm of the Chinese mainland has this code.")})
        if self.uscc and not uscc.is_right(self.uscc):
            words = _(
                "The code has 18 figures and capitals, the last of which checks the others; compare it again."
            )
            raise ValidationError({"uscc": words})

    def trail_scope(self) -> int:
        return self.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "partner", self.pk
