"""Where a row comes from, and what of it is invented for the demo (FACTS, "Honesty")."""

from typing import Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

Row = TypeVar("Row", bound=models.Model)


class ProvenanceQuerySet(models.QuerySet[Row]):
    """Reads that tell real rows from invented ones."""

    def real(self) -> Self:
        """Rows whose name is real, though parts of them may be samples."""
        return self.filter(is_sample=False)

    def samples(self) -> Self:
        """Rows invented for the demo."""
        return self.filter(is_sample=True)


class Provenance(models.Model):
    """A row that says whether it is invented, and which of its fields are (DECISIONS 19)."""

    source = models.CharField(_("source"), max_length=200, blank=True)
    is_sample = models.BooleanField(_("sample"), default=False)
    sample_fields = models.JSONField(_("invented fields"), default=list, blank=True)

    class Meta:
        abstract = True
