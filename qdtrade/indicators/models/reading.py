"""A reading of an indicator: a value of a period, as it was said, and whether the pilot office approved it."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade.programmes import held
from qdtrade.programmes.models import Programme
from qdtrade.programmes.models.membership import READS_ALL, WRITERS
from qdtrade.provenance import Provenance, ProvenanceQuerySet
from qdtrade.templatetags.words import standing_in

from .indicator import Indicator, IndicatorQuerySet
from .target import VALUE

PEOPLE = tuple(f"{did}_{who}" for did in ("submitted", "decided") for who in ("by", "for"))


class Qualifier(models.TextChoices):
    """How exact a value is; it is part of the fact (FACTS)."""

    EXACT = "exact", pgettext_lazy("qualifier", "exactly")
    AT_LEAST = "at_least", pgettext_lazy("qualifier", "at least")
    MORE_THAN = "more_than", pgettext_lazy("qualifier", "more than")
    ABOUT = "about", pgettext_lazy("qualifier", "about")


class ReadingQuerySet(ProvenanceQuerySet["Reading"]):
    """Reads of readings."""

    def visible_to(self, user: Any) -> Self:
        """What was approved, for all members; what was not, for the owner's people and whoever reads the whole."""
        held_now = held.held_by(user)
        approved = Q(
            indicator__programme__in={m.programme_id for m in held_now}, status__in=Reading.APPROVED_ONCE
        )
        visible = approved | Q(
            indicator__programme__in={m.programme_id for m in held_now if m.role in READS_ALL}
        )
        for m in held_now:
            if m.role in WRITERS:
                visible |= Q(indicator__programme=m.programme_id, indicator__owner=m.bureau_id)
        return self.filter(visible)

    def for_move(self) -> Self:
        related = ("indicator__programme", "indicator__owner", "corrects__indicator__programme")
        return self.select_related(*related, *PEOPLE)

    def for_list(self) -> Self:
        """With what the rules ask of other readings of the same period: is one `under_way`, is one `held` in force?"""
        same = Reading.objects.filter(indicator=OuterRef("indicator"), period=OuterRef("period"))
        others = same.exclude(pk=OuterRef("pk"))
        held_now = others.in_force().exclude(pk=Coalesce(OuterRef("corrects"), 0))
        return self.for_move().annotate(
            under_way=Exists(others.filter(status__in=Reading.OPEN)), held=Exists(held_now)
        )

    def in_force(self) -> Self:
        """Those that figures come from."""
        return self.filter(status__in=Reading.IN_FORCE)

    def newest(self) -> Self:
        """Of each indicator the newest one in force."""
        same = Reading.objects.in_force().filter(indicator=OuterRef("indicator")).newest_first()
        return self.filter(pk=Subquery(same.values("pk")[:1]))

    def to_decide(self) -> Self:
        """Submitted: they wait for the pilot office."""
        return self.filter(status=Reading.Status.SUBMITTED)

    def newest_first(self) -> Self:
        return self.order_by("-on", "-submitted_at", "-pk")

    def in_order(self) -> Self:
        """By indicator, then in order of time."""
        return self.order_by("indicator__position", "indicator", "on", "submitted_at", "pk")


class Reading(Provenance):
    """One reading. Only what is approved is in force; a correction is a reading of its own, and both are kept.

    A standing that is no figure stands in `words`. `period` is the time in the words of its source.
    """

    class Status(models.TextChoices):
        SUBMITTED = "submitted", pgettext_lazy("reading", "to approve")
        WITHDRAWN = "withdrawn", _("withdrawn")
        RETURNED = "returned", pgettext_lazy("reading", "returned")
        APPROVED = "approved", pgettext_lazy("reading", "approved")
        REOPENED = "reopened", pgettext_lazy("reading", "to be corrected")
        SUPERSEDED = "superseded", pgettext_lazy("reading", "superseded")

    IN_FORCE = (Status.APPROVED, Status.REOPENED)
    APPROVED_ONCE = (*IN_FORCE, Status.SUPERSEDED)
    OPEN = (Status.SUBMITTED, Status.RETURNED)
    """Where a reading of the same period is still under way."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="readings")
    period = models.CharField(pgettext_lazy("indicator", "period"), max_length=40)
    on = models.DateField(pgettext_lazy("indicator", "day that it stands for"))
    value = models.DecimalField(_("value"), null=True, blank=True, **VALUE)
    words = models.CharField(_("standing in words"), max_length=40, blank=True)
    qualifier = models.CharField(_("how exact"), max_length=10, choices=Qualifier, default=Qualifier.EXACT)
    note = models.CharField(_("note"), max_length=200, blank=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("corrects")
    )
    reason = models.CharField(_("why it is corrected"), max_length=200, blank=True)
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.SUBMITTED)
    submitted_at = models.DateTimeField(_("submitted at"))
    submitted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    submitted_for = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    review_due_on = models.DateField(_("to be decided by"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    remarks = models.TextField(_("remarks"), blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ReadingQuerySet.as_manager()
    said_fields = ("period", "on", "value", "words", "qualifier", "source", "note")
    recorded = (
        "indicator", *said_fields, "corrects", "reason", "status", "submitted_at", "submitted_by", "submitted_for",
        "review_due_on", "decided_at", "decided_by", "decided_for", "remarks", "is_sample", "sample_fields",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False, words="") | Q(value=None) & ~Q(words=""),
                name="reading_value_or_words",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="reading_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status="submitted") | Q(review_due_on__isnull=False),
                name="reading_submitted_has_clock",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "reopened", "superseded", "returned"])
                | Q(decided_at__isnull=False),
                name="reading_decided",
            ),
            models.CheckConstraint(condition=Q(corrects=None) | ~Q(reason=""), name="reading_corrects_why"),
            models.UniqueConstraint(
                fields=["indicator", "period"],
                condition=Q(status__in=["approved", "reopened"]),
                name="reading_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["indicator", "period"],
                condition=Q(status__in=["submitted", "returned"]),
                name="reading_one_under_way",
            ),
        ]
        indexes = [models.Index(fields=["status", "review_due_on"], name="reading_queue")]

    def __str__(self) -> str:
        return f"{self.indicator.name} {self.period}"

    @property
    def programme_id(self) -> int:
        return self.indicator.programme_id

    @property
    def programme(self) -> Programme:
        return self.indicator.programme

    @property
    def is_in_force(self) -> bool:
        return self.status in self.IN_FORCE

    @property
    def submitter(self) -> str:
        """Who submitted it, and for whom where a deputy did."""
        return standing_in(self.submitted_by, self.submitted_for)

    @property
    def decider(self) -> str:
        """Who decided it, and for whom where a deputy did; empty while nobody has."""
        return standing_in(self.decided_by, self.decided_for) if self.decided_by else ""

    def trail_scope(self) -> int:
        return self.indicator.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "indicator", self.indicator_id


def with_newest(indicators: IndicatorQuerySet) -> IndicatorQuerySet:
    """The indicators, each with its newest reading in force; one query more."""
    return indicators.prefetch_related(
        Prefetch("readings", Reading.objects.newest(), to_attr="newest_readings")
    )
