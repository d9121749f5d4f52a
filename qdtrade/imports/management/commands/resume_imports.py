"""manage.py resume_imports [--minutes 5]"""

import datetime
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import ngettext

from qdtrade.accounts.actions import service_user
from qdtrade.imports import background
from qdtrade.imports.actions import uploads
from qdtrade.imports.models import Import
from qdtrade.imports.reading.said import kept
from qdtrade.imports.reading.said import said as _


class Command(BaseCommand):
    help = "Puts imports back into the queue whose worker was killed; for a timer, safe to run at any time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--minutes", type=int, default=5, help="how long a worker may be silent (5)")

    def handle(self, *args: Any, **options: Any) -> None:
        silent = timezone.now() - datetime.timedelta(minutes=options["minutes"])
        rows = Import.objects.for_move().unfinished().silent_since(silent).order_by("pk")
        for row in rows:
            self._resume(row)
        words = ngettext("%(count)d import resumed.", "%(count)d imports resumed.", len(rows))
        self.stdout.write(words % {"count": len(rows)})

    def _resume(self, row: Import) -> None:
        if row.attempts < uploads.MOST_ATTEMPTS:
            uploads.ask_again(row, start=background.start(row))
            return
        reason = _("This was begun %(times)s times and never came to its end. Nothing was written.")
        trouble = {"reason": kept(reason % {"times": row.attempts})}
        uploads.fail(row, trouble, by=service_user())
