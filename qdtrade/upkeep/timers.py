"""What runs by the clock: one list, for `run_timer`, the status page and the units in deploy/."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from qdtrade.errors import Words

from .models import Heartbeat

MINUTES = datetime.timedelta(minutes=5)
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
OFTEN = {MINUTES: _("every 5 minutes"), HOUR: _("every hour"), DAY: _("every night")}
LEAST_SLACK = datetime.timedelta(minutes=30)


@dataclass(frozen=True)
class Timer:
    """A command of this name that runs by itself; one that comes late changes nobody's right."""

    name: str
    every: datetime.timedelta
    does: Words

    @property
    def often(self) -> Words:
        """How often it runs, in words."""
        return OFTEN[self.every]

    @property
    def patience(self) -> datetime.timedelta:
        """How long after its last run it is overdue: its own step, and a quarter more."""
        return self.every + max(self.every / 4, LEAST_SLACK)


TIMERS = {
    timer.name: timer
    for timer in (
        Timer("advance_periods", HOUR, _("opens, moves into grace and closes periods")),
        Timer("remind", HOUR, _("reminds by rule those who owe something")),
        Timer("send_notices", MINUTES, _("sends the mails that wait in the outbox")),
        Timer("resume_imports", MINUTES, _("takes up imports whose worker was killed")),
        Timer("resume_archive", MINUTES, _("takes up packages and checks whose worker was killed")),
        Timer("make_checkpoint", DAY, _("checks what was signed, and signs the ends of the records' chains")),
        Timer("keep_lights", DAY, _("keeps the light of every task and project")),
        Timer("backup", DAY, _("keeps a copy of database, evidence and keys")),
        Timer("close_accounts", DAY, _("closes the accounts of people whose last day is over")),
        Timer("sweep_evidence", DAY, _("removes files that never became evidence")),
        Timer("clearsessions", DAY, _("removes sessions that have ended")),
        Timer("prune_db_task_results", DAY, _("forgets background work that ended 14 days ago")),
    )
}
"""Each timer by its name."""


def is_overdue(timer: Timer, last: Heartbeat | None, now: datetime.datetime) -> bool:
    """Whether it should have begun again by now; one that never ran is."""
    return last is None or last.began_at + timer.patience < now
