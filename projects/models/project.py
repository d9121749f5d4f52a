"""A signed project: what was signed with whom, who carries it, and how far it has come."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade import money
from qdtrade.accounts.models import Bureau
from qdtrade.lights.models import LitQuerySet
from qdtrade.pinyin import sounds_of
from qdtrade.programmes import held
from qdtrade.programmes.models import Programme
from qdtrade.programmes.models.membership import READS_ALL, WRITERS, Role
from qdtrade.provenance import Provenance
from qdtrade.sought import Word, words
from qdtrade.templatetags.words import standing_in
from tasks.models import Task

from .days import InFen, sum_of
from .event import SigningEvent
from .partner import Partner
from .sector import Sector

NOT_CONFIRMED = ("planned", "proposed", "returned")
"""The states of a gate that is yet to come."""

YUAN: dict[str, Any] = {"max_digits": 18, "decimal_places": 2}


class Currency(models.TextChoices):
    """What amounts are signed in. Whatever it is, the product counts in yuan."""

    CNY = "CNY", _("yuan")
    USD = "USD", _("US dollar")
    EUR = "EUR", _("euro")
    JPY = "JPY", _("Japanese yen")
    KRW = "KRW", _("Korean won")
    HKD = "HKD", _("Hong Kong dollar")
    GBP = "GBP", _("pound sterling")
    SGD = "SGD", _("Singapore dollar")


class ProjectQuerySet(LitQuerySet["Project"]):
    """Reads of the signed projects."""

    def visible_to(self, user: Any) -> Self:
        """All of them for those who read a programme whole; else what the person's bureau or one below carries."""
        memberships = held.held_by(user)
        whole = [m.programme_id for m in memberships if m.role in READS_ALL]
        visible = Q(programme__in=whole) if whole else Q(pk__in=[])
        for m in memberships:
            if m.role in {Role.STAFF, Role.HEAD} and m.bureau is not None:
                carriers = Bureau.objects.below([m.bureau.path]).values("pk")
                visible |= Q(programme=m.programme_id, carrier__in=carriers)
        return self.filter(visible)

    def for_move(self) -> Self:
        related = ("programme", "carrier", "sector", "event", "ended_by", "ended_for")
        return self.select_related(*related).prefetch_related("gates")

    def for_list(self) -> Self:
        """With everything that a row of the list shows, in a fixed number of queries whatever its length."""
        partners = ProjectPartner.objects.select_related("partner").order_by("position", "pk")
        return self.for_move().with_money().prefetch_related(Prefetch("partner_links", partners))

    def with_tasks(self, user: Any) -> Self:
        """With the tasks that they serve, of those that the person may see."""
        seen = ProjectTask.objects.filter(task__in=Task.objects.visible_to(user))
        served = seen.select_related("task").order_by("task__code", "pk")
        return self.prefetch_related(Prefetch("task_links", served))

    def with_money(self) -> Self:
        """Adds the running totals `came_in`, `paid` and `invested`, in yuan: 0 where nothing came."""
        return self.annotate(
            came_in=_total(MoneyKind.IN), paid=_total(MoneyKind.PAID), invested=_total(MoneyKind.INVESTED)
        )

    def in_order(self) -> Self:
        """By their codes."""
        return self.order_by("code", "pk")

    def alive(self) -> Self:
        """Neither terminated nor removed."""
        return self.exclude(status__in=Project.ENDED)

    def to_confirm(self) -> Self:
        """Those of which a gate waits for the pilot office."""
        return self.filter(pk__in=Project.objects.filter(gates__status="proposed").values("pk"))

    def worst_first(self, today: datetime.date) -> Self:
        """The worst light first; under one light those whose next gate is overdue for longest, then by their codes."""
        late = Project.objects.alive().filter(pk=OuterRef("pk"))
        late = late.filter(gates__plan_on__lt=today, gates__status__in=("planned", "returned"))
        since = late.order_by("gates__plan_on").values("gates__plan_on")[:1]
        return (
            self.with_light()
            .annotate(behind_since=Subquery(since))
            .order_by("light_rank", F("behind_since").asc(nulls_last=True), "code", "pk")
        )

    def that_passed(
        self, step: str = "", since: datetime.date | None = None, until: datetime.date | None = None
    ) -> Self:
        """Those with a confirmed gate: this one, its fact between these days."""
        asked: dict[str, Any] = {"gates__status": "confirmed"}
        asked |= {"gates__step": step} if step else {}
        asked |= {"gates__fact_on__gte": since} if since else {}
        asked |= {"gates__fact_on__lte": until} if until else {}
        return self.filter(pk__in=Project.objects.filter(**asked).order_by().values("pk"))

    def with_sums(
        self, kind: str = "", since: datetime.date | None = None, until: datetime.date | None = None
    ) -> Self:
        """Those with a dated sum: of this kind, between these days."""
        asked: dict[str, Any] = {"money_events__isnull": False}
        asked |= {"money_events__kind": kind} if kind else {}
        asked |= {"money_events__on__gte": since} if since else {}
        asked |= {"money_events__on__lte": until} if until else {}
        return self.filter(pk__in=Project.objects.filter(**asked).order_by().values("pk"))

    def sought(self, asked: Iterable[Word]) -> Self:
        """Projects that hold each word in their code, name, carrier or partners, or sound like it."""
        found = self
        for word in asked:
            said = Project.objects.filter(word.within("code", "name") | word.sounds())
            carried = Q(carrier__in=Bureau.objects.sought([word]).values("pk"))
            firms = Partner.objects.filter(word.within("name", "uscc") | word.sounds())
            signed = ProjectPartner.objects.filter(partner__in=firms.values("pk"))
            found = found.filter(Q(pk__in=said.values("pk")) | carried | Q(pk__in=signed.values("project")))
        return found


class MoneyKind(models.TextChoices):
    """What a dated sum says (DOMAIN, investment project)."""

    IN = "in", pgettext_lazy("money", "in")
    PAID = "paid", pgettext_lazy("money", "paid")
    INVESTED = "invested", pgettext_lazy("money", "invested")


def _total(kind: str) -> Coalesce:
    """The running total of one kind of money of the row's project."""
    rows = Project.objects.filter(pk=OuterRef("pk"), money_events__kind=kind).order_by().values("pk")
    total = rows.annotate(total=sum_of("money_events__amount")).values("total")
    return Coalesce(Subquery(total, output_field=InFen()), Value(0), output_field=InFen())


class Project(Provenance):
    """A project as it was signed (DOMAIN, investment project). Its state is its last confirmed gate, or its end.

    The cohort is fixed at signing: whatever becomes of a project, it stays among those of its event.
    """

    class Kind(models.TextChoices):
        INDUSTRIAL = "industrial", _("industrial investment")
        SERVICE = "service", _("service trade")

    class Status(models.TextChoices):
        SIGNED = "signed", pgettext_lazy("project", "signed")
        FRAMEWORK = "framework", pgettext_lazy("project", "framework agreement")
        CONTRACT = "contract", pgettext_lazy("project", "formal contract")
        REGISTERED = "registered", pgettext_lazy("project", "registered")
        STARTED = "started", pgettext_lazy("project", "started")
        PRODUCING = "producing", pgettext_lazy("project", "producing")
        FULL = "full", pgettext_lazy("project", "at full output")
        TERMINATED = "terminated", pgettext_lazy("project", "terminated")
        REMOVED = "removed", pgettext_lazy("project", "removed")

    GATES = (
        Status.FRAMEWORK, Status.CONTRACT, Status.REGISTERED, Status.STARTED, Status.PRODUCING, Status.FULL,
    )  # fmt: skip
    ENDED = (Status.TERMINATED, Status.REMOVED)
    ALIVE = (Status.SIGNED, *GATES)

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="projects")
    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="projects", verbose_name=_("sector"))
    event = models.ForeignKey(
        SigningEvent,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("signed at"),
    )
    carrier = models.ForeignKey(
        Bureau, models.PROTECT, related_name="carried_projects", verbose_name=_("carrier")
    )
    officers = models.CharField(_("officers of the carrier"), max_length=200, blank=True)
    signed_on = models.DateField(_("signed on"))
    planned_investment = models.DecimalField(_("planned investment"), **YUAN)
    contracted_inflow = models.DecimalField(_("contracted inflow"), null=True, blank=True, **YUAN)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, default=Currency.CNY)
    original_amount = models.DecimalField(_("amount in the currency"), null=True, blank=True, **YUAN)
    rate = models.DecimalField(
        _("yuan for one of the currency"), max_digits=18, decimal_places=6, null=True, blank=True
    )
    rate_on = models.DateField(_("day of the rate"), null=True, blank=True)
    countable = models.BooleanField(_("counts in the figures"), default=True)
    uncountable_reason = models.CharField(_("does not count because"), max_length=200, blank=True)
    extra = models.JSONField(_("other columns"), default=list, blank=True)
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.SIGNED)
    registered_at = models.DateTimeField(_("registered at"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    ended_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    ended_reason = models.TextField(_("ended because"), blank=True)
    version = models.PositiveIntegerField(default=1)
    pinyin = models.TextField(default="", blank=True, editable=False)
    initials = models.TextField(default="", blank=True, editable=False)

    came_in: Decimal
    paid: Decimal
    invested: Decimal
    """Set by `with_money()`: the running totals, in yuan."""

    objects = ProjectQuerySet.as_manager()
    plain_fields = (
        "name", "kind", "sector", "event", "carrier", "officers", "signed_on", "planned_investment",
        "contracted_inflow", "currency", "original_amount", "rate", "rate_on", "countable", "uncountable_reason",
        "extra", "source",
    )  # fmt: skip
    recorded = (
        "programme", "code", *plain_fields, "status", "registered_at", "ended_on", "ended_at", "ended_by", "ended_for",
        "ended_reason", "is_sample", "sample_fields",
    )  # fmt: skip
    derived = sounds_of("name")
    derived_from = ("name",)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="project_code"),
            models.CheckConstraint(
                condition=Q(planned_investment__gt=0, planned_investment__lte=money.MOST),
                name="project_investment",
            ),
            models.CheckConstraint(
                condition=Q(contracted_inflow=None)
                | Q(contracted_inflow__gt=0, contracted_inflow__lte=money.MOST),
                name="project_inflow",
            ),
            models.CheckConstraint(
                condition=Q(currency="CNY", original_amount=None, rate=None, rate_on=None)
                | ~Q(currency="CNY") & Q(original_amount__gt=0, rate__gt=0, rate_on__isnull=False),
                name="project_currency_whole",
            ),
            models.CheckConstraint(
                condition=Q(countable=True, uncountable_reason="")
                | Q(countable=False) & ~Q(uncountable_reason=""),
                name="project_countable_whole",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_on=None, ended_reason="")
                | Q(ended_at__isnull=False, ended_by__isnull=False, ended_on__isnull=False)
                & ~Q(ended_reason=""),
                name="project_ended_whole",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["terminated", "removed"], ended_at__isnull=False)
                | ~Q(status__in=["terminated", "removed"]) & Q(ended_at=None),
                name="project_ended_by_state",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "status"], name="project_status"),
            models.Index(fields=["carrier", "programme"], name="project_carrier"),
            models.Index(fields=["programme", "event", "kind"], name="project_cohort"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def clean(self) -> None:
        """What must hold between its fields; what only a change may ask is in `rules`."""
        if not self.countable and not self.uncountable_reason.strip():
            raise ValidationError({"uncountable_reason": _("Say why it does not count.")})
        if self.countable and self.uncountable_reason:
            raise ValidationError({"uncountable_reason": _("A project that counts needs no reason.")})

    @staticmethod
    def has_samples() -> Q:
        """Rows of which anything is invented."""
        return Q(is_sample=True) | ~Q(sample_fields=[])

    @staticmethod
    def sampled() -> QuerySet[Any]:
        """The ids of projects of which anything is invented."""
        return Project.objects.filter(Project.has_samples()).values("pk")

    @staticmethod
    def matching(text: str) -> QuerySet[Any]:
        """The ids of projects in whose code, name, carrier or partners each word of the text stands."""
        return Project.objects.sought(words(text)).values("pk")

    @staticmethod
    def carried(user: Any, at: str = "") -> Q:
        """Carried by a bureau for which the person writes; `at` leads from the row to its project."""
        mine = Q(pk__in=[])
        for m in held.held_by(user):
            if m.role in WRITERS:
                mine |= Q(**{f"{at}programme": m.programme_id, f"{at}carrier": m.bureau_id})
        return mine

    @property
    def is_alive(self) -> bool:
        return self.status not in self.ENDED

    @property
    def is_foreign(self) -> bool:
        """Whether it was signed in another currency than yuan."""
        return self.currency != Currency.CNY

    @property
    def partners(self) -> list[Partner]:
        """With whom it was signed, from the links that `for_list()` read."""
        return [link.partner for link in self.partner_links.all()]

    @property
    def served(self) -> list[Task]:
        """The tasks that it serves, from the links that `with_tasks()` read."""
        return [link.task for link in self.task_links.all()]

    @property
    def ender(self) -> str:
        """Who ended it, and for whom where a deputy did; empty while it goes on."""
        return standing_in(self.ended_by, self.ended_for) if self.ended_by else ""

    def trail_scope(self) -> int:
        return self.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "project", self.pk


class ProjectPartner(models.Model):
    """A firm's part in a project; the first is the one that is named with it."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="partner_links")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="project_links")
    position = models.PositiveSmallIntegerField(_("place in the list"), default=1)

    recorded = ("project", "partner", "position")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "partner"], name="project_partner")]
        indexes = [models.Index(fields=["partner", "project"], name="partner_project")]

    def __str__(self) -> str:
        return f"{self.project} · {self.partner}"

    def trail_scope(self) -> int:
        return self.project.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "project", self.project_id


class ProjectTask(models.Model):
    """A task of the pilot that a signing serves."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="task_links")
    task = models.ForeignKey(Task, models.PROTECT, related_name="project_links")

    recorded = ("project", "task")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "task"], name="project_task")]
        indexes = [models.Index(fields=["task", "project"], name="task_project")]

    def __str__(self) -> str:
        return f"{self.project.code} · {self.task.code}"

    def trail_scope(self) -> int:
        return self.project.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "project", self.project_id
