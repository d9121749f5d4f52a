"""The ledger of what is owed in a period: the denominator of every rate."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from qdtrade import clock
from qdtrade.accounts.models import Bureau

from .period import Period


class Timeliness(models.TextChoices):
    """Whether the first submission came in time. Computed from clocks, never a state (DOMAIN, three laws)."""

    EXEMPT = "exempt", _("exempt")
    ON_TIME = "on_time", _("on time")
    LATE = "late", _("late")
    MISSING = "missing", _("missing")
    DUE = "due", _("not filed")


class Released(models.TextChoices):
    """Why a move exempted a row by itself: kept as a code in `exempt_reason`, read in words (DECISIONS 13)."""

    HANDED_OVER = "handed_over", _("handed over to another bureau")
    SUSPENDED = "task_suspended", _("the task is suspended")
    DROPPED = "task_dropped", _("the task is dropped")
    DONE = "task_done", _("the task is done")
    PART_DONE = "part_done", _("the part is done")
    PART_ENDED = "part_ended", _("the part was ended")
    PROJECT_TERMINATED = "project_terminated", _("the project is terminated")
    PROJECT_REMOVED = "project_removed", _("the project is removed")


def released_words(reason: str) -> str:
    """A stored reason of an exemption as a person reads it."""
    return str(Released(reason).label) if reason in Released.values else reason


def closes_on(at: str = "") -> Coalesce:
    """The last day on which a first submission is taken; `at` leads to the row of the ledger."""
    return Coalesce(f"{at}exception_until", f"{at}period__grace_on", output_field=models.DateField())


def is_closed(today: datetime.date, at: str = "") -> Q:
    """Whether a first submission is taken no more; of rows that carry `closes_on()` under its name."""
    running = Q(**{f"{at}period__status__in": Period.RUNNING})
    planned = Q(**{f"{at}period__status": Period.Status.PLANNED})
    return Q(closes_on__lt=today) | (~running & ~planned & Q(**{f"{at}exception_until": None}))


class ExpectedQuerySet(models.QuerySet[Any]):
    """Reads that every ledger of expected rows has."""

    def with_timeliness(self, now: datetime.datetime) -> Self:
        """Adds `timeliness` in SQL. The first submission decides; without one, the closing of the form."""
        return self.annotate(closes_on=closes_on()).annotate(
            timeliness=Case(
                When(~Q(exempt_reason=""), then=Value(Timeliness.EXEMPT)),
                When(first_submitted_on__lte=F("period__due_on"), then=Value(Timeliness.ON_TIME)),
                When(first_submitted_at__isnull=False, then=Value(Timeliness.LATE)),
                When(is_closed(clock.day_of(now)), then=Value(Timeliness.MISSING)),
                default=Value(Timeliness.DUE),
                output_field=models.CharField(),
            )
        )

    def given(self) -> Self:
        """Those that were exempted or given more time."""
        return self.filter(~Q(exempt_reason="") | Q(exception_until__isnull=False))

    def not_filed(self) -> Self:
        """Those that were not submitted yet."""
        return self.filter(first_submitted_at=None)

    def owed(self) -> Self:
        """Those that count: not exempt."""
        return self.filter(exempt_reason="")


class Expected(models.Model):
    """One row of a ledger: this bureau owes a report for this period.

    It can be exempt (it stays in the ledger and leaves the denominator), or have an exception that lets its first
    submission come until a later day. `first_submitted_at` is when that act began; its Beijing date is kept beside it.
    """

    period = models.ForeignKey(Period, models.PROTECT, related_name="%(class)ss")
    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="+", verbose_name=_("bureau"))
    first_submitted_at = models.DateTimeField(_("first submitted"), null=True, blank=True)
    first_submitted_on = models.DateField(null=True, blank=True)
    exempt_reason = models.CharField(_("exempt because"), max_length=200, blank=True)
    exempt_at = models.DateTimeField(null=True, blank=True)
    exempt_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    exception_until = models.DateField(_("accepted until"), null=True, blank=True)
    exception_reason = models.CharField(_("accepted late because"), max_length=200, blank=True)
    exception_at = models.DateTimeField(null=True, blank=True)
    exception_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    timeliness: str
    """Set by `with_timeliness()`."""

    recorded: tuple[str, ...] = (
        "period", "bureau", "first_submitted_at", "first_submitted_on", "exempt_reason", "exempt_at", "exempt_by",
        "exception_until", "exception_reason", "exception_at", "exception_by",
    )  # fmt: skip

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(exempt_reason="", exempt_at=None, exempt_by=None)
                | (~Q(exempt_reason="") & Q(exempt_at__isnull=False, exempt_by__isnull=False)),
                name="%(class)s_exempt_whole",
            ),
            models.CheckConstraint(
                condition=Q(exception_until=None, exception_at=None, exception_by=None, exception_reason="")
                | Q(exception_until__isnull=False, exception_at__isnull=False, exception_by__isnull=False)
                & ~Q(exception_reason=""),
                name="%(class)s_exception_whole",
            ),
            models.CheckConstraint(
                condition=Q(first_submitted_at=None, first_submitted_on=None)
                | Q(first_submitted_at__isnull=False, first_submitted_on__isnull=False),
                name="%(class)s_first_submitted_whole",
            ),
        ]

    @property
    def subject(self) -> Any:
        """What the report is about: a task, a part, a project."""
        raise NotImplementedError

    @property
    def timeliness_words(self) -> str:
        """The label of `timeliness`, for a row that came with it."""
        return str(Timeliness(self.timeliness).label)

    @property
    def exempt_words(self) -> str:
        """Why it is exempt, in the reader's language where a move said so; empty for one that is owed."""
        return released_words(self.exempt_reason)

    @property
    def closes_at(self) -> datetime.datetime:
        """The moment after which no first submission is taken."""
        return clock.end_of(self.exception_until) if self.exception_until else self.period.closes_at
