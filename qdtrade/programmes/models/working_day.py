"""The days on which the State Council's yearly notice departs from Monday to Friday."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from qdtrade.audit.models import SYSTEM


class WorkingDayQuerySet(models.QuerySet["WorkingDay"]):
    """Reads of the days."""

    def visible_to(self, user: Any) -> Self:
        """Everybody counts by the same days."""
        return self.all() if getattr(user, "is_active", False) else self.none()

    def in_order(self) -> Self:
        return self.order_by("-day", "pk")


class WorkingDay(models.Model):
    """A holiday, or a weekend day that is worked (调休). A year with any row is covered by the calendar."""

    day = models.DateField(_("day"), unique=True)
    is_working = models.BooleanField(_("working day"))
    name = models.CharField(_("occasion"), max_length=40)
    source = models.CharField(_("source"), max_length=200, blank=True)

    objects = WorkingDayQuerySet.as_manager()
    recorded = ("day", "is_working", "name", "source")

    def __str__(self) -> str:
        return f"{self.day} {self.name}"

    def trail_scope(self) -> int:
        return SYSTEM

    def trail_root(self) -> tuple[str, int]:
        return "workingday", self.pk
