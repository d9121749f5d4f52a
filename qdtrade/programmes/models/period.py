"""A reporting period: a span of work, and the dates by which it is reported."""

import datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from qdtrade import clock

from .. import held
from .programme import PeriodKind, Programme


class PeriodQuerySet(models.QuerySet["Period"]):
    """Reads of periods."""

    def visible_to(self, user: Any) -> Self:
        """Members see all periods of their programmes."""
        return self.filter(programme__in=held.programme_ids(user))

    def for_move(self) -> Self:
        return self.select_related("programme")

    def running(self) -> Self:
        """Those that take reports: open or in grace."""
        return self.filter(status__in=Period.RUNNING)

    def unsettled(self) -> Self:
        """Those that have opened and are not frozen yet."""
        return self.filter(status__in=[*Period.RUNNING, Period.Status.CLOSED])

    def that_opened(self) -> Self:
        """Those that have opened, whatever became of them."""
        return self.exclude(status=Period.Status.PLANNED)

    def opened_last(self) -> Self:
        """Of each programme the period that opened last: the one that “this period” means."""
        newer = Period.objects.that_opened().filter(
            programme=OuterRef("programme"), kind=OuterRef("kind"), starts_on__gt=OuterRef("starts_on")
        )
        return self.of_reports().that_opened().exclude(Exists(newer))

    def of_reports(self) -> Self:
        """Those in which tasks are reported; other kinds are for projects."""
        return self.filter(kind=F("programme__report_kind"))

    def chased(self) -> Self:
        """Those for which reports are still asked for: running, or closed last of their kind and not frozen yet."""
        last = Period.objects.filter(programme=OuterRef("programme"), kind=OuterRef("kind")).exclude(
            status__in=[Period.Status.PLANNED, *Period.RUNNING]
        )
        newest = Subquery(last.order_by("-starts_on", "-pk").values("pk")[:1])
        is_last = Q(status=Period.Status.CLOSED, pk=newest)
        return self.filter(Q(status__in=Period.RUNNING) | is_last)

    def in_order(self) -> Self:
        return self.order_by("-starts_on", "pk")


class Period(models.Model):
    """One reporting period of a programme (DOMAIN, reporting period)."""

    Kind = PeriodKind

    class Status(models.TextChoices):
        PLANNED = "planned", _("not open yet")
        OPEN = "open", _("open")
        GRACE = "grace", _("in grace")
        CLOSED = "closed", _("closed")
        FROZEN = "frozen", _("frozen")

    RUNNING = (Status.OPEN, Status.GRACE)

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="periods")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.MONTH)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    opens_on = models.DateField(_("opens on"))
    due_on = models.DateField(pgettext_lazy("period", "due on"))
    grace_on = models.DateField(_("grace until"))
    status = models.CharField(_("state"), max_length=8, choices=Status, default=Status.PLANNED)
    rule = models.JSONField(_("rule of its dates"), default=dict, blank=True)
    figures = models.JSONField(_("frozen figures"), null=True, blank=True)
    figures_kept = models.PositiveIntegerField(_("figures kept"), null=True, blank=True)
    figures_hash = models.CharField(_("hash of the figures"), max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PeriodQuerySet.as_manager()
    dates = ("starts_on", "ends_on", "opens_on", "due_on", "grace_on")
    by_rule = ("opens_on", "due_on", "grace_on")
    recorded = ("programme", "kind", *dates, "status", "rule", "figures", "figures_kept", "figures_hash")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "kind", "starts_on"], name="period_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on"))
                & models.Q(opens_on__gte=models.F("starts_on"))
                & models.Q(due_on__gte=models.F("opens_on"))
                & models.Q(grace_on__gte=models.F("due_on")),
                name="period_dates",
            ),
        ]
        indexes = [models.Index(fields=["programme", "status"], name="period_status")]

    def __str__(self) -> str:
        if self.kind == self.Kind.QUARTER:
            number = (self.starts_on.month + 2) // 3
            return gettext("%(year)d Q%(quarter)d") % {"year": self.starts_on.year, "quarter": number}
        month = gettext("%(year)d-%(month)02d") % {"year": self.starts_on.year, "month": self.starts_on.month}
        if self.kind == self.Kind.MONTH:
            return month
        half = gettext("first half") if self.starts_on.day == 1 else gettext("second half")
        return f"{month} {half}"

    @property
    def month_name(self) -> str:
        """Short, for use beside the year: Sep, 9月."""
        # Translators: a date format of Django's for a month without its year.
        return date_format(self.starts_on, pgettext("month", "M"))

    def clean(self) -> None:
        """Dates in order: start ≤ end, start ≤ opens ≤ due ≤ grace."""
        order = [
            ("starts_on", "ends_on"),
            ("starts_on", "opens_on"),
            ("opens_on", "due_on"),
            ("due_on", "grace_on"),
        ]
        for earlier, later in order:
            field = Period._meta.get_field(later)
            if getattr(self, later) < getattr(self, earlier) and isinstance(field, models.Field):
                words = {"later": field.verbose_name, "day": getattr(self, earlier)}
                raise ValidationError({later: gettext("“%(later)s” must not be before %(day)s.") % words})
        self._refuse_overlap()

    def _refuse_overlap(self) -> None:
        """No day belongs to two periods of one kind, or it would be reported twice."""
        others = Period.objects.filter(programme=self.programme_id, kind=self.kind).exclude(pk=self.pk)
        other = others.filter(starts_on__lte=self.ends_on, ends_on__gte=self.starts_on).order_by("pk").first()
        if other is not None:
            words = gettext("Some of these days belong to %(period)s already.") % {"period": other}
            raise ValidationError({"starts_on": words})

    @property
    def changed_by_hand(self) -> dict[str, datetime.date]:
        """The dates that are not as the rule gave them when the period was made, with what it gave."""
        given = {
            name: datetime.date.fromisoformat(self.rule[name]) for name in self.by_rule if name in self.rule
        }
        return {name: day for name, day in given.items() if day != getattr(self, name)}

    @property
    def is_of_reports(self) -> bool:
        """Whether tasks are reported in it: it is of the kind that the programme chose."""
        return self.kind == self.programme.report_kind

    @property
    def is_running(self) -> bool:
        return self.status in self.RUNNING

    @property
    def due_at(self) -> datetime.datetime:
        """The moment after which a first submission is late."""
        return clock.end_of(self.due_on)

    @property
    def closes_at(self) -> datetime.datetime:
        """The moment after which nothing is taken without an exception."""
        return clock.end_of(self.grace_on)

    def days_left(self, today: datetime.date) -> str:
        """How many days there are until the due date, in words."""
        left = (self.due_on - today).days
        if left < 0:
            return ngettext("%(days)d day over", "%(days)d days over", -left) % {"days": -left}
        if left == 0:
            return gettext("due today")
        return ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}

    def trail_scope(self) -> int:
        return self.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "period", self.pk
