"""Reminders (催办): who was reminded of what they owe, by whom or by which rule, and how."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qdtrade.accounts.models import Bureau

from .. import held
from .membership import READS_ALL
from .programme import Programme


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Reads of reminders."""

    def visible_to(self, user: Any) -> Self:
        """All of a programme for those who read it whole; else those of the person's bureaus and of bureaus below."""
        seen = Q(programme__in=[m.programme_id for m in held.held_by(user) if m.role in READS_ALL])
        for m in held.held_by(user):
            if m.role not in READS_ALL and m.bureau is not None:
                below = Bureau.objects.below([m.bureau.path]).values("pk")
                seen |= Q(programme=m.programme_id, bureau__in=below)
        return self.filter(seen)

    def newest_first(self) -> Self:
        return self.select_related("bureau", "made_by").order_by("-made_at", "-pk")


class Reminder(models.Model):
    """A bureau, or the reviewers, reminded once of everything that it names.

    `owed` holds the ids of the rows by duty, `told` those of the people. One made by rule names the day it is about,
    how many working days before (negative) or after it was made, and a `mark` that the database takes once.
    """

    class Channel(models.TextChoices):
        NOTICE = "notice", _("inbox and mail")
        TEXT = "text", _("text for a chat group")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="reminders")
    bureau = models.ForeignKey(
        Bureau, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("bureau")
    )
    channel = models.CharField(_("how"), max_length=8, choices=Channel, default=Channel.NOTICE)
    owed = models.JSONField(_("reminded of"))
    told = models.JSONField(_("people told"), default=list, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    days = models.SmallIntegerField(_("working days from the due date"), null=True, blank=True)
    mark = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField(_("when"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ReminderQuerySet.as_manager()
    recorded = (
        "programme", "bureau", "channel", "owed", "told", "note", "is_urgent", "due_on", "days", "mark", "made_at",
        "made_by",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "mark"], condition=~Q(mark=""), name="reminder_by_rule_once"
            ),
            models.CheckConstraint(
                condition=Q(mark="", due_on=None, days=None)
                | (~Q(mark="") & Q(due_on__isnull=False, days__isnull=False)),
                name="reminder_by_rule_whole",
            ),
        ]
        indexes = [models.Index(fields=["programme", "bureau", "-made_at"], name="reminder_of_bureau")]

    def __str__(self) -> str:
        return str(self.bureau) if self.bureau else str(_("the reviewers"))

    @property
    def is_by_rule(self) -> bool:
        return bool(self.mark)

    @property
    def days_apart(self) -> int:
        """How many working days before or after the due date."""
        return abs(self.days or 0)

    @property
    def things(self) -> int:
        """How many things it reminds of."""
        return sum(len(ids) for ids in self.owed.values())

    def trail_scope(self) -> int:
        return self.programme_id

    def trail_root(self) -> tuple[str, int]:
        return "reminder", self.pk
