"""Where projects are signed: a fair and its occasion."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qdtrade.programmes import held
from qdtrade.programmes.models import Programme
from qdtrade.provenance import Provenance, ProvenanceQuerySet


class SigningEventQuerySet(ProvenanceQuerySet["SigningEvent"]):
    """Reads of signing events."""

    def visible_to(self, user: Any) -> Self:
        """Members see all events of their programmes."""
        return self.filter(programme__in=held.programme_ids(user))

    def in_order(self) -> Self:
        """The latest first."""
        return self.order_by("-starts_on", "code", "pk")


class SigningEvent(Provenance):
    """A fair at which projects were signed: their cohort is the event that they were signed at."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="signing_events")
    code = models.SlugField(_("code"), max_length=40)
    fair = models.CharField(_("fair"), max_length=100)
    occasion = models.CharField(_("occasion"), max_length=100, blank=True)
    place = models.CharField(_("place"), max_length=100, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))

    objects = SigningEventQuerySet.as_manager()
    plain_fields = ("code", "fair", "occasion", "place", "starts_on", "ends_on", "source")
    recorded = ("programme", *plain_fields, "is_sample", "sample_fields")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="signing_event_code"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="signing_event_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.fair} {self.occasion}".strip()

    def clean(self) -> None:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The end must not come before the start.")})

    def trail_scope(self) -> int:
        return self.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "signingevent", self.pk
