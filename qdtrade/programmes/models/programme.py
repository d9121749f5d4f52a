"""A pilot programme and its rules of time."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qdtrade.accounts.models import Bureau
from qdtrade.audit.models import SYSTEM
from qdtrade.provenance import Provenance

from .. import held

DAYS_OF_OLD = 3
"""The clocks of a programme that is older than their settings: its records do not name them, so they stay empty."""

DAYS_TO_STALL = 90
"""Days after which a project without a confirmed change is stalled (our choice)."""

POINTS_BEHIND = 10
"""Points by which a project's money may lag its plan until it is behind: as yellow begins (DOMAIN, lights)."""

FURTHEST_DAY = 30
MOST_REMINDERS = 5
"""So many working days from the due date, and so many times on either side, are people reminded at most."""


def days_to_remind_before() -> list[int]:
    """Three working days and one before a due date."""
    return [3, 1]


def days_to_remind_after() -> list[int]:
    """One working day and three after a due date."""
    return [1, 3]


def _check_days(name: str, days: Any) -> None:
    """A short list of different whole numbers of working days."""
    whole = isinstance(days, list) and all(type(n) is int and 1 <= n <= FURTHEST_DAY for n in days)
    if not whole or len(set(days)) != len(days) or len(days) > MOST_REMINDERS:
        words = _("Give at most %(most)d different numbers from 1 to %(furthest)d, such as 3, 1; or none.")
        raise ValidationError({name: words % {"most": MOST_REMINDERS, "furthest": FURTHEST_DAY}})


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Reads of programmes."""

    def visible_to(self, user: Any) -> Self:
        """The programmes that the person is a member of today; all of them for the server's administrator, who sets
        them up and sees nothing that belongs to them.
        """
        if getattr(user, "is_active", False) and user.is_superuser:
            return self.all()
        return self.filter(pk__in=held.programme_ids(user))

    def in_order(self) -> Self:
        return self.order_by("-starts_on", "code", "pk")


class PeriodKind(models.TextChoices):
    """How long a reporting period is."""

    MONTH = "month", _("month")
    HALF_MONTH = "half", _("half month")
    QUARTER = "quarter", _("quarter")


class Programme(Provenance):
    """A pilot with a register of tasks, in one region. Every number of days is a choice of the pilot office."""

    class DueFrom(models.TextChoices):
        START = "start", _("from the start of the period")
        END = "end", _("from the end of the period")

    region = models.ForeignKey(Bureau, models.PROTECT, related_name="programmes", verbose_name=_("region"))
    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    report_kind = models.CharField(
        _("how often tasks are reported"), max_length=8, choices=PeriodKind, default=PeriodKind.MONTH
    )
    opens_day = models.PositiveSmallIntegerField(_("day of the month on which a period opens"), default=22)
    due_from = models.CharField(_("due date counted"), max_length=5, choices=DueFrom, default=DueFrom.END)
    due_working_day = models.PositiveSmallIntegerField(_("due on the n-th working day"), default=3)
    grace_days = models.PositiveSmallIntegerField(_("working days of grace"), default=2)
    accept_days = models.PositiveSmallIntegerField(_("working days to accept a task"), default=2)
    review_days = models.PositiveSmallIntegerField(_("working days to review a report"), default=3)
    resubmit_days = models.PositiveSmallIntegerField(_("working days to resubmit after a return"), default=2)
    verify_days = models.PositiveSmallIntegerField(
        _("working days to verify a completion"),
        null=True,
        blank=True,
        default=3,
        help_text=_("3 where empty"),
    )
    extension_days = models.PositiveSmallIntegerField(
        _("working days to decide an extension"),
        null=True,
        blank=True,
        default=3,
        help_text=_("3 where empty"),
    )
    remind_before = models.JSONField(
        _("reminders before the due date"), default=days_to_remind_before, blank=True
    )
    remind_after = models.JSONField(
        _("reminders after the due date"), default=days_to_remind_after, blank=True
    )
    sign_off = models.BooleanField(
        _("bureau heads sign"),
        default=False,
        help_text=_(
            "A report goes to the pilot office when the head of its bureau has signed it, never its author."
        ),
    )
    project_period_kind = models.CharField(
        _("how often projects are updated"),
        max_length=8,
        choices=PeriodKind,
        blank=True,
        default=PeriodKind.QUARTER,
        help_text=_("quarter where empty"),
    )
    stalled_days = models.PositiveSmallIntegerField(
        _("days without a confirmed change until a project is stalled"),
        null=True,
        blank=True,
        default=DAYS_TO_STALL,
        help_text=_("90 where empty"),
    )
    behind_points = models.PositiveSmallIntegerField(
        _("points by which money may lag its plan until a project is behind"),
        null=True,
        blank=True,
        default=POINTS_BEHIND,
        help_text=_("10 where empty"),
    )

    objects = ProgrammeQuerySet.as_manager()
    settings = (
        "name", "name_en", "short_name", "starts_on", "ends_on", "report_kind", "opens_day", "due_from",
        "due_working_day", "grace_days", "accept_days", "review_days", "resubmit_days", "verify_days",
        "extension_days", "remind_before", "remind_after", "sign_off",
        "project_period_kind", "stalled_days", "behind_points",
    )  # fmt: skip
    recorded = ("region", "code", *settings, "source", "is_sample")
    began_as = {
        "report_kind": PeriodKind.MONTH.value, "remind_before": "[]", "remind_after": "[]", "project_period_kind": "",
    }  # fmt: skip
    """What programmes held that are older than these settings."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="programme_dates"
            ),
            models.CheckConstraint(condition=models.Q(opens_day__range=(1, 28)), name="programme_opens_day"),
            models.CheckConstraint(
                condition=models.Q(due_working_day__range=(1, 15)), name="programme_due_day"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """In the reader's language where the programme has a name in it."""
        return self.name_en if self.name_en and get_language() == "en" else self.name

    @property
    def days_to_verify(self) -> int:
        """Working days that the pilot office has for a completion claim."""
        return DAYS_OF_OLD if self.verify_days is None else self.verify_days

    @property
    def days_to_extend(self) -> int:
        """Working days that the pilot office has for an extension."""
        return DAYS_OF_OLD if self.extension_days is None else self.extension_days

    @property
    def update_kind(self) -> str:
        """The kind of period in which projects are updated."""
        return self.project_period_kind or PeriodKind.QUARTER

    @property
    def days_to_stall(self) -> int:
        """Days without a confirmed change until a project is stalled."""
        return DAYS_TO_STALL if self.stalled_days is None else self.stalled_days

    def clean(self) -> None:
        if self.starts_on and self.ends_on and self.ends_on <= self.starts_on:
            raise ValidationError({"ends_on": _("The end must come after the start.")})
        for name in ("remind_before", "remind_after"):
            _check_days(name, getattr(self, name))

    def trail_scope(self) -> int:
        return SYSTEM

    def trail_root(self) -> tuple[str, int]:
        return "programme", self.pk
