"""What is filed on a row of a ledger at once: it counts as it comes in, nobody reviews it."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qdtrade import clock
from qdtrade.templatetags.words import standing_in

from .. import held
from .expected import Expected, ExpectedQuerySet
from .membership import WRITERS
from .period import Period


class FiledQuerySet(ExpectedQuerySet):
    """Reads of a ledger whose rows are filed at once."""

    def to_file(self, user: Any) -> Self:
        """What the person's bureaus owe now, where the form takes it."""
        mine = Q(pk__in=[])
        for m in held.held_by(user):
            if m.role in WRITERS:
                mine |= Q(period__programme=m.programme_id, bureau=m.bureau_id)
        return self.filter(mine).with_open_form()

    def with_open_form(self) -> Self:
        """Owed and not filed, where the form takes it now."""
        running = Q(period__status__in=Period.RUNNING) | Q(exception_until__gte=clock.today())
        return self.filter(running, status=Filed.Status.NOT_FILED, exempt_reason="")


class Filed(Expected):
    """A row of a ledger with what was filed on it; revised as long as the form is open."""

    class Status(models.TextChoices):
        NOT_FILED = "not_filed", _("not filed")
        FILED = "filed", _("filed")

    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.NOT_FILED)
    filed_at = models.DateTimeField(_("filed at"), null=True, blank=True)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    filed_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    recorded: tuple[str, ...] = (*Expected.recorded, "status", "filed_at", "filed_by", "filed_for")

    class Meta(Expected.Meta):
        abstract = True
        constraints = [
            *Expected.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status="not_filed", filed_at=None, filed_by=None)
                | Q(status="filed", filed_at__isnull=False, filed_by__isnull=False),
                name="%(class)s_filed_whole",
            ),
        ]

    @property
    def filer(self) -> str:
        """Who filed it last, and for whom where a deputy did; empty while nobody has."""
        return standing_in(self.filed_by, self.filed_for) if self.filed_by else ""
