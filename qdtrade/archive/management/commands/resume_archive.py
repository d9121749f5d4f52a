"""manage.py resume_archive [--minutes 5]: the timer."""

import datetime
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade import clock
from qdtrade.accounts.actions import service_user

from ... import actions, background
from ...models import Package, Verification, Work

MOST_ATTEMPTS = 3
"""How often work is begun before it is given up."""


class Command(BaseCommand):
    help = "Takes up packages and checks whose worker was killed, and removes old packages; safe to run at any time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--minutes", type=int, default=5, help="how long a worker may be silent (5)")

    def handle(self, *args: Any, **options: Any) -> None:
        silent = timezone.now() - datetime.timedelta(minutes=options["minutes"])
        found: list[Work] = []
        for model in (Package, Verification):
            found += model.objects.for_list().unfinished().silent_since(silent).order_by("pk")
        for row in found:
            self._resume(row)
        words = ngettext(
            "%(count)d package or check resumed.", "%(count)d packages or checks resumed.", len(found)
        )
        self.stdout.write(words % {"count": len(found)})
        for name in actions.forget_files(clock.now() - datetime.timedelta(days=settings.PACKAGES_DAYS)):
            self.stdout.write(_("Removed the old %(name)s.") % {"name": name})

    def _resume(self, row: Work) -> None:
        if row.attempts < MOST_ATTEMPTS:
            actions.ask_again(row, start=background.start(row))
            return
        reason = _("This was begun %(times)s times and never came to its end.") % {"times": row.attempts}
        fail: Any = actions.fail_package if isinstance(row, Package) else actions.fail_check
        fail(row, reason, by=service_user())
