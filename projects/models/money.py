"""The money of a project, as dated sums; a wrong one is set right by a counter-entry, never overwritten."""

from typing import Any, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from qdtrade import money

from .days import fen
from .project import YUAN, Currency, MoneyKind, Project


class MoneyEventQuerySet(models.QuerySet["MoneyEvent"]):
    """Reads of money."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(project__in=Project.objects.visible_to(user))

    def for_list(self) -> Self:
        return self.select_related("project__programme", "corrects", "added_by", "added_for")

    def in_order(self) -> Self:
        """As it came."""
        return self.order_by("on", "pk")

    def fen_of_project(self) -> Coalesce:
        """For a query of projects: what these sums of its row's project come to, in fen."""
        rows = self.filter(project=OuterRef("pk")).order_by().values("project")
        total = rows.annotate(total=Sum(fen("amount"))).values("total")
        return Coalesce(Subquery(total, output_field=models.BigIntegerField()), Value(0))


class MoneyEvent(models.Model):
    """A sum that came in, was paid or was invested on a day, in yuan; totals are sums of these rows.

    A counter-entry (冲正) is a negative sum that takes back an earlier one, or a part of it; both stay.
    """

    Kind = MoneyKind

    project = models.ForeignKey(Project, models.PROTECT, related_name="money_events")
    kind = models.CharField(_("kind of money"), max_length=8, choices=MoneyKind)
    on = models.DateField(_("day"))
    amount = models.DecimalField(_("amount"), **YUAN)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, default=Currency.CNY)
    original_amount = models.DecimalField(_("amount in the currency"), null=True, blank=True, **YUAN)
    rate = models.DecimalField(
        _("yuan for one of the currency"), max_digits=18, decimal_places=6, null=True, blank=True
    )
    rate_on = models.DateField(_("day of the rate"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("corrects")
    )
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    added_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = MoneyEventQuerySet.as_manager()
    recorded = (
        "project", "kind", "on", "amount", "currency", "original_amount", "rate", "rate_on", "note", "corrects",
        "added_at", "added_by", "added_for",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(corrects=None, amount__gt=0, amount__lte=money.MOST)
                | Q(corrects__isnull=False, amount__lt=0, amount__gte=-money.MOST),
                name="money_amount",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(corrects=F("id")), name="money_corrects_another"
            ),
            models.CheckConstraint(
                condition=Q(currency="CNY", original_amount=None, rate=None, rate_on=None)
                | ~Q(currency="CNY") & Q(original_amount__isnull=False, rate__gt=0, rate_on__isnull=False),
                name="money_currency_whole",
            ),
        ]
        indexes = [models.Index(fields=["project", "kind", "on"], name="money_of_project")]

    def __str__(self) -> str:
        return f"{self.project.code} {self.get_kind_display()} {self.on.isoformat()}"

    @property
    def programme_id(self) -> int:
        return self.project.programme_id

    def trail_scope(self) -> int:
        return self.project.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "project", self.project_id
