"""manage.py advance_periods: the timer."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from qdtrade.accounts.actions import service_user
from qdtrade.errors import Refusal
from qdtrade.workflow import Move, perform, why_not

from ...models import Period
from ...workflow import CLOSE_PERIOD, ENTER_GRACE, OPEN_PERIOD

IN_ORDER = (OPEN_PERIOD, ENTER_GRACE, CLOSE_PERIOD)


class Command(BaseCommand):
    """Run by cron or a systemd timer, once an hour. A run that comes late, or twice, does what is due and no more.

    Nobody's right hangs on it: whether a report is taken, and whether it is in time, is read from the clock.
    """

    help = "Opens, moves into grace and closes the reporting periods whose day has come."

    def handle(self, *args: Any, **options: Any) -> None:
        timer = service_user("timer")
        refused = 0
        moving = {status for move in IN_ORDER for status in move.sources}
        rows = Period.objects.filter(status__in=moving).order_by("starts_on", "programme", "pk")
        for period in rows.for_move():
            try:
                for move, moved in _advance(period, timer):
                    words = {"programme": moved.programme.code, "period": moved, "move": move.label}
                    self.stdout.write(_("%(programme)s, %(period)s: %(move)s") % words)
            except Refusal as refusal:
                refused += 1
                self.stderr.write(str(refusal))
        if refused:
            raise CommandError(_("Some periods could not be moved; the reasons stand above."))


def _advance(period: Period, timer: Any) -> Iterator[tuple[Move, Period]]:
    """Make the moves that are due, in their order; each is an act of its own."""
    for move in IN_ORDER:
        if not why_not(move, period, timer):
            period = perform(move, period, by=timer)
            yield move, period
