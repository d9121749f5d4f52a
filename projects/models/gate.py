"""The gates of a project: what it passes from the framework agreement to full output, each with its day and proof."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade.programmes.models import Programme
from qdtrade.templatetags.words import standing_in

from .project import NOT_CONFIRMED, Project

OF_GATE = tuple(f"{did}_{who}" for did in ("proposed", "decided") for who in ("by", "for"))
"""Who proposed and decided: a move's rules and words read them."""


class GateQuerySet(models.QuerySet["Gate"]):
    """Reads of gates."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(project__in=Project.objects.visible_to(user))

    def for_move(self) -> Self:
        project = ("project__programme", "project__carrier", "project__sector", "project__event")
        return self.select_related(*project, *OF_GATE).prefetch_related("project__gates")

    def for_list(self) -> Self:
        return self.for_move()

    def in_order(self) -> Self:
        """By project, then as they follow one another."""
        return self.order_by("project__code", "project", "number", "pk")

    def to_decide(self) -> Self:
        """Proposed: they wait for the pilot office."""
        return self.filter(status=Gate.Status.PROPOSED)

    def returned(self) -> Self:
        """Returned, of projects that go on: they wait for their carrier."""
        return self.filter(status=Gate.Status.RETURNED).exclude(project__status__in=Project.ENDED)


class Gate(models.Model):
    """One gate of a project. Its carrier proposes that it is passed, with the day and proof; the office confirms.

    `plan_on` is what was agreed; `forecast_on` what the carrier said last in an update. Only a confirmed gate counts.
    """

    class Step(models.TextChoices):
        FRAMEWORK = "framework", pgettext_lazy("gate", "framework agreement")
        CONTRACT = "contract", pgettext_lazy("gate", "formal contract")
        REGISTERED = "registered", pgettext_lazy("gate", "registration")
        STARTED = "started", pgettext_lazy("gate", "start of works")
        PRODUCING = "producing", pgettext_lazy("gate", "production")
        FULL = "full", pgettext_lazy("gate", "full output")

    class Status(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("gate", "not yet")
        PROPOSED = "proposed", pgettext_lazy("gate", "to confirm")
        CONFIRMED = "confirmed", pgettext_lazy("gate", "confirmed")
        RETURNED = "returned", pgettext_lazy("gate", "returned")

    project = models.ForeignKey(Project, models.PROTECT, related_name="gates")
    number = models.PositiveSmallIntegerField(_("number"))
    step = models.CharField(_("gate"), max_length=10, choices=Step)
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.PLANNED)
    plan_on = models.DateField(_("planned for"), null=True, blank=True)
    forecast_on = models.DateField(_("forecast"), null=True, blank=True)
    fact_on = models.DateField(_("day of the fact"), null=True, blank=True)
    words = models.TextField(_("what happened"), max_length=2000, blank=True)
    proposed_at = models.DateTimeField(_("proposed at"), null=True, blank=True)
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    proposed_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    proposed_from = models.CharField(_("proposed by the office from"), max_length=200, blank=True)
    review_due_on = models.DateField(_("to be decided by"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    remarks = models.TextField(_("remarks"), blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = GateQuerySet.as_manager()
    recorded = (
        "project", "number", "step", "status", "plan_on", "forecast_on", "fact_on", "words", "proposed_at",
        "proposed_by", "proposed_for", "proposed_from", "review_due_on", "decided_at", "decided_by", "decided_for",
        "remarks",
    )  # fmt: skip

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "step"], name="gate_once"),
            models.UniqueConstraint(fields=["project", "number"], name="gate_number"),
            models.CheckConstraint(
                condition=Q(proposed_at=None, proposed_by=None)
                | Q(proposed_at__isnull=False, proposed_by__isnull=False),
                name="gate_proposed_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="gate_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["proposed", "confirmed"])
                | Q(fact_on__isnull=False, proposed_at__isnull=False) & ~Q(words=""),
                name="gate_fact",
            ),
            models.CheckConstraint(
                condition=~Q(status="proposed") | Q(review_due_on__isnull=False),
                name="gate_proposed_has_clock",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["confirmed", "returned"]) | Q(decided_at__isnull=False),
                name="gate_decided",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "review_due_on"], name="gate_queue"),
            models.Index(fields=["step", "status", "fact_on"], name="gate_facts"),
        ]

    def __str__(self) -> str:
        return f"{self.project.code} {self.get_step_display()}"

    @property
    def programme_id(self) -> int:
        return self.project.programme_id

    @property
    def programme(self) -> Programme:
        return self.project.programme

    @property
    def is_confirmed(self) -> bool:
        return self.status == self.Status.CONFIRMED

    @property
    def is_to_come(self) -> bool:
        return self.status in NOT_CONFIRMED

    @property
    def confirmed_on(self) -> datetime.datetime | None:
        """When it was confirmed; nothing while it is not."""
        return self.decided_at if self.is_confirmed else None

    @property
    def proposer(self) -> str:
        """Who proposed it, and for whom where a deputy did; empty while nobody has."""
        return standing_in(self.proposed_by, self.proposed_for) if self.proposed_by else ""

    @property
    def decider(self) -> str:
        """Who confirmed or returned it, and for whom where a deputy did; empty while nobody has."""
        return standing_in(self.decided_by, self.decided_for) if self.decided_by else ""

    def trail_scope(self) -> int:
        return self.project.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "project", self.project_id
