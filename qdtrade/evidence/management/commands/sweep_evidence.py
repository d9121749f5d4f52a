"""manage.py sweep_evidence: for a timer, once a day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from qdtrade.evidence.actions import sweep


class Command(BaseCommand):
    help = "Removes the bytes of files that were uploaded more than seven days ago and never became evidence."

    def handle(self, *args: Any, **options: Any) -> None:
        swept = sweep()
        for path in swept:
            self.stdout.write(path)
        count = ngettext("%(count)d file removed", "%(count)d files removed", len(swept))
        self.stdout.write(count % {"count": len(swept)})
