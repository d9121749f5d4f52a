"""The fields of work that tasks are grouped under."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from qdtrade.programmes import held
from qdtrade.programmes.models import Programme


class FieldQuerySet(models.QuerySet["Field"]):
    """Reads of fields."""

    def visible_to(self, user: Any) -> Self:
        """Members see all fields of their programmes."""
        return self.filter(programme__in=held.programme_ids(user))

    def in_order(self) -> Self:
        return self.order_by("programme", "number", "pk")


class Field(models.Model):
    """A field of work that a programme's tasks are grouped under (任务领域)."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="fields")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=60)

    objects = FieldQuerySet.as_manager()
    recorded = ("programme", "number", "name")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="field_number"),
            models.UniqueConstraint(fields=["programme", "name"], name="field_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def trail_scope(self) -> int:
        return self.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "field", self.pk
