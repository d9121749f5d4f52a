"""manage.py send_notices: the timer that lets mails leave."""

import datetime
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from qdtrade.notices.actions import again, forget_old, send_due
from qdtrade.notices.actions.sending import Unreachable
from qdtrade.notices.models import Outcome

from ...calendar import Calendar

DAYS = 14
"""How far back a mail that was given up is tried again."""


class Command(BaseCommand):
    """Run by cron or a systemd timer, every few minutes. Two runs at once, or one that was killed, send nothing twice
    that the mail server has taken; a run that comes late sends what has waited.
    """

    help = "Sends the mails that wait in the outbox, in the hours in which mails leave."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--now", action="store_true", help="wait neither for working hours nor for the daily mail"
        )
        parser.add_argument(
            "--again", action="store_true", help=f"try again what was given up in the last {DAYS} days"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.MAIL_ON:
            self.stdout.write(_("No mail server is set, so nothing is mailed (QDTRADE_MAIL_HOST)."))
            return
        now = timezone.now()
        if options["again"]:
            count = again(now - datetime.timedelta(days=DAYS))
            self.stdout.write(_("%(count)d mails are tried again.") % {"count": count})
        try:
            done = send_due(is_working=Calendar().is_working, waits=not options["now"])
        except Unreachable as fault:
            words = _("The mail server does not answer: %(words)s. Nothing is lost; all mails keep waiting.")
            raise CommandError(words % {"words": fault}) from fault
        forget_old(now)
        labels = {**{one.value: one.label for one in Outcome}, "again": _("to be tried again")}
        for name, count in sorted(done.items()):
            self.stdout.write(f"{labels[name]}: {count}")
