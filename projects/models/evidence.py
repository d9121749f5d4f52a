"""Files that prove that a gate was passed."""

from typing import Any, Self

from django.db import models

from qdtrade.evidence.models import Link

from .gate import Gate
from .project import Project


class GateFileQuerySet(models.QuerySet["GateFile"]):
    """Reads of the evidence of gates."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(gate__project__in=Project.objects.visible_to(user))

    def in_use(self) -> Self:
        """What stands now, with what a list shows of it."""
        return self.filter(dropped_at=None).select_related("blob").order_by("gate", "pk")


class GateFile(Link):
    """Evidence of a gate; what is taken off when it is proposed again stays in the records."""

    gate = models.ForeignKey(Gate, models.PROTECT, related_name="files")
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = GateFileQuerySet.as_manager()
    recorded = ("gate", "blob", "name", "media_type", "added_at", "added_by", "dropped_at")

    def trail_scope(self) -> int:
        return self.gate.trail_scope()

    def trail_root(self) -> tuple[str, int]:
        return self.gate.trail_root()
