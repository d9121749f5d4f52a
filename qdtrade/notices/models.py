"""A person's inbox, and the outbox of mails."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Reads of the inbox."""

    def visible_to(self, user: Any) -> Self:
        """A notice is its recipient's alone."""
        return self.filter(to=user)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One thing a person is told: code and parameters, so that it reads in the reader's language (DECISIONS 13).

    `kind` and `move` name what happened to which object; `params` holds the object's label, who did it and why.
    """

    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    scope = models.BigIntegerField(_("programme"), default=0)
    kind = models.CharField(max_length=40)
    move = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    params = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("when"))
    read_at = models.DateTimeField(_("read at"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["to", "read_at", "-created_at"], name="notice_inbox")]

    def __str__(self) -> str:
        return f"{self.move} {self.params.get('label', '')}"


class Wanted(models.TextChoices):
    """Which mails a person wants; the inbox holds everything in any case."""

    AT_ONCE = "at_once", _("each notice at once")
    DAILY = "daily", _("one mail a day with everything")
    REMINDERS = "reminders", _("only reminders and what is urgent")


class Outcome(models.TextChoices):
    """What became of a mail; empty while it waits."""

    SENT = "sent", _("sent")
    GIVEN_UP = "given_up", _("given up")
    NO_ADDRESS = "no_address", _("no mail address")
    NOT_WANTED = "not_wanted", _("not wanted by mail")
    NOT_SEEN = "not_seen", _("may no longer see it")
    SETTLED = "settled", _("settled before it left")


class MailQuerySet(models.QuerySet["Mail"]):
    """Reads of the outbox."""

    def visible_to(self, user: Any) -> Self:
        """What became of a mail is its recipient's, as the notice is."""
        return self.filter(notice__to=user)

    def waiting(self) -> Self:
        return self.filter(outcome="")

    def given_up_since(self, moment: datetime.datetime) -> Self:
        return self.filter(outcome=Outcome.GIVEN_UP, ended_at__gte=moment)

    def free_at(self, now: datetime.datetime) -> Self:
        """Those that wait, whose time has come, and that no run holds; a run that was killed lets go in the end."""
        held = Q(held_until__isnull=False, held_until__gte=now)
        return self.waiting().filter(next_at__lte=now).exclude(held)

    def leaving_at(self, now: datetime.datetime, *, is_quiet: bool, digest_at: datetime.datetime) -> Self:
        """Of those, the ones that may leave: in quiet hours what is urgent alone; what a person wants once a day,
        where it came before the day's moment for it.
        """
        urgent = Q(is_urgent=True)
        if is_quiet:
            return self.free_at(now).filter(urgent)
        daily = Q(notice__to__mails=Wanted.DAILY)
        return self.free_at(now).filter(urgent | ~daily | Q(created_at__lt=digest_at))

    def in_order(self) -> Self:
        return self.order_by("next_at", "pk")


class Mail(models.Model):
    """A notice on its way by mail: written with the notice, sent by `send_notices`. Its clock is the real one.

    Whether the person has an address, wants it, and may still see what it is about is asked when it leaves.
    """

    notice = models.OneToOneField(Notice, models.PROTECT, related_name="mail")
    is_urgent = models.BooleanField(_("urgent"), default=False)
    created_at = models.DateTimeField(_("when"))
    next_at = models.DateTimeField(_("not before"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    holder = models.UUIDField(null=True, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", ended_at=None) | (~Q(outcome="") & Q(ended_at__isnull=False)),
                name="mail_ended_whole",
            ),
            models.CheckConstraint(
                condition=Q(holder=None, held_until=None) | Q(holder__isnull=False, held_until__isnull=False),
                name="mail_held_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at", "id"], condition=Q(outcome=""), name="mail_waiting"),
            models.Index(fields=["outcome", "ended_at"], name="mail_outcome"),
        ]

    def __str__(self) -> str:
        return str(self.notice_id)


class Attempt(models.Model):
    """One try to hand a mail to the mail server, and what the server said."""

    mail = models.ForeignKey(Mail, models.PROTECT, related_name="tries")
    at = models.DateTimeField(_("when"))
    is_well = models.BooleanField(_("went well"))
    words = models.CharField(_("what the server said"), max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["mail", "-at"], name="attempt_of_mail")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
