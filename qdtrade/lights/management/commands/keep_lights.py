"""manage.py keep_lights: for a timer, right after midnight."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from qdtrade.programmes.models import Programme

from ...actions import keep_all


class Command(BaseCommand):
    """A run that comes late, or twice, keeps what today has not, and no more; a day that was missed stays empty."""

    help = "Keeps today's light of every task and project."

    def handle(self, *args: Any, **options: Any) -> None:
        count = sum(keep_all(programme) for programme in Programme.objects.order_by("pk"))
        words = ngettext("%(count)d light kept.", "%(count)d lights kept.", count)
        self.stdout.write(words % {"count": count})
