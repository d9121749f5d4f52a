"""The register: what the pilot promised, who owes it, and how far it is."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Self, cast

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.lights.models import LitQuerySet
from qdtrade.pinyin import sounds_of
from qdtrade.programmes import held
from qdtrade.programmes.models import Period, Programme
from qdtrade.programmes.models.membership import READS_ALL, Role
from qdtrade.provenance import Provenance
from qdtrade.sought import Word, words
from qdtrade.templatetags.words import standing_in

from .field import Field

OF_LIFE = tuple(f"{did}_{who}" for did in ("declined", "claimed", "decided") for who in ("by", "for"))
"""Who declined, claimed and decided: a move's rules and words read them."""


UNDECLINED: dict[str, Any] = {
    "declined_at": None, "declined_by": None, "declined_for": None, "declined_reason": "",
}  # fmt: skip
"""Of a task that its bureau is to sign for, or has."""


class Light(models.TextChoices):
    """How a bureau rates its own task (DOMAIN, lights)."""

    GREEN = "green", _("green light")
    YELLOW = "yellow", _("yellow light")
    RED = "red", _("red light")
    BLUE = "blue", _("blue light")


class TaskQuerySet(LitQuerySet["Task"]):
    """Reads of the register."""

    def visible_to(self, user: Any) -> Self:
        """All of it for those who read a programme whole; else what the person's bureau or one below takes part in."""
        memberships = held.held_by(user)
        whole = [m.programme_id for m in memberships if m.role in READS_ALL]
        visible = Q(programme__in=whole) if whole else Q(pk__in=[])
        for m in memberships:
            if m.role in {Role.STAFF, Role.HEAD} and m.bureau is not None:
                links = TaskBureau.objects.filter(bureau__in=Bureau.objects.below([m.bureau.path]))
                visible |= Q(programme=m.programme_id, pk__in=links.values("task"))
        return self.filter(visible)

    def for_move(self) -> Self:
        rows = self.select_related("programme", "lead", "field", *OF_LIFE).with_proof()
        return rows.prefetch_related(Prefetch("parts", parts_not_in(), to_attr="open_parts"))

    def for_list(self) -> Self:
        """With everything that a row of the register shows, in four queries whatever its length."""
        links = TaskBureau.objects.select_related("bureau").order_by("pk")
        return self.for_move().prefetch_related("milestones", Prefetch("links", links))

    def with_proof(self) -> Self:
        """Adds `is_proved`: a file of evidence was submitted with one of its reports, and stands."""
        files = "expected_reports__report__files__"
        proved = Task.objects.filter(
            Q(**{f"{files}kept_at__isnull": False, f"{files}dropped_at": None}), pk=OuterRef("pk")
        )
        return self.annotate(is_proved=Exists(proved))

    def in_order(self) -> Self:
        """As the register is numbered."""
        return self.order_by("field__number", "position", "code", "pk")

    def overdue(self, today: datetime.date) -> Self:
        """Tasks with a milestone past its planned day, not done."""
        late = Q(milestones__actual_on=None, milestones__waived_at=None, milestones__plan_on__lt=today)
        tasks = Task.objects.filter(late, status=Task.Status.IN_PROGRESS)
        return self.filter(pk__in=tasks.values("pk"))

    def sought(self, asked: Iterable[Word]) -> Self:
        """Tasks that hold each word in their code, title, standard or bureaus, or sound like it."""
        found = self
        for word in asked:
            said = Task.objects.filter(word.within("code", "title", "standard") | word.sounds())
            parts = TaskBureau.objects.filter(bureau__in=Bureau.objects.sought([word]))
            found = found.filter(Q(pk__in=said.values("pk")) | Q(pk__in=parts.values("task")))
        return found

    def with_part_of(self, bureau: Bureau) -> Self:
        """Tasks in which the bureau or one below it takes part now, as lead or beside it."""
        links = TaskBureau.objects.exclude(part=TaskBureau.Part.FORMER)
        return self.filter(pk__in=links.filter(bureau__in=Bureau.objects.below([bureau.path])).values("task"))

    def to_accept(self, user: Any) -> Self:
        """Tasks that wait for the person's own bureaus to sign for them."""
        return self.filter(Task.waits_for(user))

    def declined(self) -> Self:
        """Tasks that their bureau gave back: the pilot office hands them over or assigns them again."""
        return self.filter(status=Task.Status.REGISTERED, declined_at__isnull=False)

    def not_accepted(self) -> Self:
        """Tasks that their bureau has yet to sign for."""
        return self.filter(status=Task.Status.REGISTERED, declined_at=None)

    def given_until(self, moment: datetime.datetime) -> Self:
        """Tasks that the bureau which leads them now was given before this moment, the longest ago first."""
        given = Coalesce("assigned_at", "registered_at")
        return self.annotate(given=given).filter(given__lt=moment).order_by("given", "pk")

    def to_verify(self) -> Self:
        """Tasks whose completion was claimed and not decided: the office's other queue."""
        return self.filter(status=Task.Status.COMPLETION_CLAIMED)

    def verified_since(self, day: datetime.date) -> Self:
        """Tasks that are done, their completion verified on this day in Beijing or later."""
        return self.filter(
            status=Task.Status.DONE, decision=Task.Decision.VERIFIED, decided_at__gte=clock.start_of(day)
        )

    def led_by(self, user: Any, *roles: str) -> Self:
        """Tasks that the person's own bureaus lead, where they hold one of these roles there."""
        return self.filter(Task.led(user, roles))

    def ready_to_claim(self) -> Self:
        """Tasks in progress of which every milestone is done or waived, with evidence, and every part is in."""
        open_nodes = Q(milestones__actual_on=None, milestones__waived_at=None, milestones__isnull=False)
        unready = Task.objects.filter(open_nodes, pk=OuterRef("pk"))
        some = Task.objects.filter(pk=OuterRef("pk"), milestones__isnull=False)
        ready = self.with_proof().filter(status=Task.Status.IN_PROGRESS, is_proved=True)
        waiting = parts_not_in().filter(task=OuterRef("pk"))
        return ready.filter(Exists(some), ~Exists(unready), ~Exists(waiting))


def parts_not_in() -> QuerySet[Any]:
    """The parts that are neither done nor ended, with their bureaus; parts stand on tasks, and are named so here."""
    parts: Any = Task._meta.get_field("parts").related_model
    return cast(QuerySet[Any], parts.objects.not_in().select_related("bureau").order_by("number", "pk"))


class Task(Provenance):
    """One measure of the programme, owed by one lead bureau (DOMAIN, task)."""

    class Status(models.TextChoices):
        REGISTERED = "registered", _("registered")
        IN_PROGRESS = "in_progress", _("in progress")
        COMPLETION_CLAIMED = "completion_claimed", _("completion claimed")
        DONE = "done", pgettext_lazy("task", "done")
        SUSPENDED = "suspended", _("suspended")
        DROPPED = "dropped", _("dropped")

    class Decision(models.TextChoices):
        """What the pilot office decided last about the task's life."""

        VERIFIED = "verified", _("verified")
        SENT_BACK = "sent_back", _("sent back")
        SUSPENDED = "suspended", _("suspended")
        RESUMED = "resumed", _("resumed")
        DROPPED = "dropped", _("dropped")
        REOPENED = "reopened", _("reopened")

    REPORTING = (Status.IN_PROGRESS, Status.COMPLETION_CLAIMED)
    AT_REST = (Status.DONE, Status.SUSPENDED, Status.DROPPED)
    """States in which no clock runs: nothing of the task is overdue."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="tasks")
    field = models.ForeignKey(Field, models.PROTECT, related_name="tasks", verbose_name=_("field"))
    code = models.CharField(_("code"), max_length=40)
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(_("task"), max_length=200)
    standard = models.TextField(_("completion standard"), max_length=2000)
    lead = models.ForeignKey(Bureau, models.PROTECT, related_name="led_tasks", verbose_name=_("lead bureau"))
    starts_on = models.DateField(_("starts on"))
    due_on = models.DateField(_("due on"))
    due_words = models.CharField(_("due as written"), max_length=60, blank=True)
    own_choice = models.BooleanField(_("own-choice measure"), default=False)
    extra = models.JSONField(_("other columns"), default=list, blank=True)
    status = models.CharField(_("state"), max_length=20, choices=Status, default=Status.REGISTERED)
    registered_at = models.DateTimeField(_("registered at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    accepted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    accepted_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    assigned_at = models.DateTimeField(_("assigned at"), null=True, blank=True)
    declined_at = models.DateTimeField(_("declined at"), null=True, blank=True)
    declined_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    declined_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    declined_reason = models.TextField(_("declined because"), blank=True)
    claimed_at = models.DateTimeField(_("completion claimed at"), null=True, blank=True)
    claimed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    claimed_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    claim = models.TextField(_("how the standard was met"), blank=True)
    verify_due_on = models.DateField(_("to be verified by"), null=True, blank=True)
    decision = models.CharField(_("last decision"), max_length=10, choices=Decision, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_for = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decision_reason = models.TextField(_("reason of the decision"), blank=True)
    baseline_due_on = models.DateField(_("due on, baseline"), null=True, blank=True)
    progress = models.DecimalField(
        _("progress"), max_digits=5, decimal_places=2, default=Decimal(0),
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )  # fmt: skip
    forecast_on = models.DateField(_("forecast"), null=True, blank=True)
    self_light = models.CharField(_("self-rated light"), max_length=6, choices=Light, blank=True)
    facts_period = models.ForeignKey(Period, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    pinyin = models.TextField(default="", blank=True, editable=False)
    initials = models.TextField(default="", blank=True, editable=False)

    is_proved: bool
    """Set by `with_proof()`."""

    light: str
    light_on: datetime.date | None
    light_computed: str
    light_reasons: list[dict[str, Any]] | None
    """All four set by `with_light()`, or by `light_up`."""

    open_parts: list[Any]
    """Set by `for_move()` and `for_list()`: the parts that are not in yet."""

    objects = TaskQuerySet.as_manager()
    plain_fields = (
        "title",
        "standard",
        "starts_on",
        "due_on",
        "due_words",
        "own_choice",
        "extra",
        "field",
        "position",
    )
    recorded = (
        "programme", "code", "lead", *plain_fields, "status", "registered_at", "accepted_at", "accepted_by",
        "accepted_for", "assigned_at", "declined_at", "declined_by", "declined_for", "declined_reason", "claimed_at",
        "claimed_by", "claimed_for", "claim", "verify_due_on", "decision", "decided_at", "decided_by", "decided_for",
        "decision_reason", "baseline_due_on", "progress", "forecast_on", "self_light", "facts_period", "source",
        "is_sample", "sample_fields",
    )  # fmt: skip

    derived = sounds_of("title")
    derived_from = ("title",)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="task_code"),
            models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="task_dates"),
            models.CheckConstraint(condition=Q(progress__range=(0, 100)), name="task_progress"),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="task_accepted_whole",
            ),
            models.CheckConstraint(
                condition=Q(declined_at=None, declined_by=None, declined_reason="")
                | Q(declined_at__isnull=False, declined_by__isnull=False) & ~Q(declined_reason=""),
                name="task_declined_whole",
            ),
            models.CheckConstraint(
                condition=Q(claimed_at=None, claimed_by=None, claim="")
                | Q(claimed_at__isnull=False, claimed_by__isnull=False) & ~Q(claim=""),
                name="task_claimed_whole",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None, decided_by=None)
                | ~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="task_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status="completion_claimed")
                | Q(claimed_at__isnull=False, verify_due_on__isnull=False),
                name="task_claimed_has_clock",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "field", "position", "id"], name="task_order"),
            models.Index(fields=["programme", "status"], name="task_status"),
            models.Index(fields=["lead", "programme"], name="task_lead"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def clean(self) -> None:
        if self.starts_on and self.due_on and self.due_on < self.starts_on:
            raise ValidationError({"due_on": _("The due date must not be before the start.")})
        if not self.standard.strip():
            raise ValidationError({"standard": _("A task needs a completion standard.")})

    @staticmethod
    def has_samples() -> Q:
        """Rows of which anything is invented."""
        return Q(is_sample=True) | ~Q(sample_fields=[])

    @staticmethod
    def sampled() -> QuerySet[Any]:
        """The ids of tasks of which anything is invented, for the lists of what belongs to them."""
        return Task.objects.filter(Task.has_samples()).values("pk")

    @staticmethod
    def matching(text: str) -> QuerySet[Any]:
        """The ids of tasks in whose code, title, standard or bureaus each word of the text stands."""
        return Task.objects.sought(words(text)).values("pk")

    @staticmethod
    def waits_for(user: Any) -> Q:
        """Registered, and led by a bureau for which the person may accept."""
        waiting = Q(status=Task.Status.REGISTERED, declined_at=None)
        return Task.led(user, (Role.STAFF, Role.HEAD)) & waiting

    @staticmethod
    def led(user: Any, roles: Iterable[str]) -> Q:
        """Led by a bureau in which the person holds one of these roles."""
        mine = Q(pk__in=[])
        for m in held.held_by(user):
            if m.role in roles:
                mine |= Q(programme=m.programme_id, lead=m.bureau_id)
        return mine

    @property
    def accepter(self) -> str:
        """Who signed for it, and for whom where a deputy did; empty while nobody has."""
        return standing_in(self.accepted_by, self.accepted_for) if self.accepted_by else ""

    @property
    def decliner(self) -> str:
        """Who declined it, and for whom where a deputy did; empty where nobody has."""
        return standing_in(self.declined_by, self.declined_for) if self.declined_by else ""

    @property
    def claimer(self) -> str:
        """Who claimed its completion, and for whom where a deputy did."""
        return standing_in(self.claimed_by, self.claimed_for) if self.claimed_by else ""

    @property
    def decider(self) -> str:
        """Who decided last about its life, and for whom where a deputy did."""
        return standing_in(self.decided_by, self.decided_for) if self.decided_by else ""

    @property
    def given_at(self) -> datetime.datetime:
        """When the bureau that leads it now was given it: its sign-for clock runs from there."""
        return self.assigned_at or self.registered_at

    @property
    def is_declined(self) -> bool:
        return self.status == self.Status.REGISTERED and self.declined_at is not None

    @property
    def slippage(self) -> int:
        """By how many days the due date stands later than its baseline."""
        return (self.due_on - self.baseline_due_on).days if self.baseline_due_on else 0

    def parts_missing(self) -> list[str]:
        """Whose parts are not in yet, by name: they stop a completion claim and nothing else."""
        found = self.open_parts if hasattr(self, "open_parts") else parts_not_in().filter(task=self)
        return list(dict.fromkeys(str(part.bureau) for part in found))

    @property
    def supporting(self) -> list[Bureau]:
        """The cooperating bureaus, from the links that `for_list()` read."""
        return [link.bureau for link in self.links.all() if link.part == TaskBureau.Part.SUPPORT]

    @property
    def former_leads(self) -> list[Bureau]:
        """Who led it before, from the links that `for_list()` read."""
        return [link.bureau for link in self.links.all() if link.part == TaskBureau.Part.FORMER]

    def planned_progress(self, today: datetime.date) -> int:
        """The share of the task's time that has passed, in whole percent, half up (序时进度)."""
        whole = (self.due_on - self.starts_on).days + 1
        passed = (today - self.starts_on).days + 1
        return max(0, min(100, (200 * passed + whole) // (2 * whole)))

    def trail_scope(self) -> int:
        return self.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "task", self.pk


class TaskBureau(models.Model):
    """A bureau's part in a task; the lead is a link too, so that scope is one look-up (DECISIONS 6).

    A bureau that led it before goes on seeing it: what it owed then stays its own.
    """

    class Part(models.TextChoices):
        LEAD = "lead", _("lead bureau")
        SUPPORT = "support", _("cooperating bureau")
        FORMER = "former", _("lead bureau before")

    task = models.ForeignKey(Task, models.PROTECT, related_name="links")
    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="task_links")
    part = models.CharField(_("part"), max_length=8, choices=Part)

    recorded = ("task", "bureau", "part")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "bureau"], name="task_bureau"),
            models.UniqueConstraint(fields=["task"], condition=Q(part="lead"), name="task_one_lead"),
        ]
        indexes = [models.Index(fields=["bureau", "task"], name="bureau_task")]

    def __str__(self) -> str:
        return f"{self.task} · {self.bureau}"

    def trail_scope(self) -> int:
        return self.task.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "task", self.task_id
