"""What runs by itself: the timers' last runs, and the work that waits in the background."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from qdtrade import clock
from qdtrade.errors import Words

from ..models import Heartbeat
from ..timers import TIMERS, Timer, is_overdue
from .facts import Fact, in_words

WORKER_LATE = datetime.timedelta(minutes=5)
"""How long a piece of work may wait before it is told that no worker takes it."""
STUCK = datetime.timedelta(hours=6)
"""How long it may run before its worker is thought dead."""


@dataclass(frozen=True)
class Run:
    """A timer and its last run, as a row of the page."""

    timer: Timer
    last: Heartbeat | None
    code: str
    label: Words
    trouble: str

    @property
    def took(self) -> str:
        """How long the last run took."""
        if self.last is None or self.last.ended_at is None:
            return ""
        return in_words(self.last.ended_at - self.last.began_at)


def timer_runs() -> list[Run]:
    """Every timer, in the order of the list. In a demo none runs by itself, and none is missed."""
    last = {beat.name: beat for beat in Heartbeat.objects.filter(name__in=TIMERS)}
    return [_run(timer, last.get(timer.name)) for timer in TIMERS.values()]


def _run(timer: Timer, last: Heartbeat | None) -> Run:
    now = timezone.now()
    what = {"timer": timer.name, "does": timer.does}
    if clock.is_demo() and last is None:
        return Run(timer, last, "exempt", _("not in a demo"), "")
    if last is None:
        trouble = _("manage.py %(timer)s has never run. Start its timer (docs/operations.md).") % what
        return Run(timer, last, "missing", _("never ran"), trouble)
    if is_overdue(timer, last, now) and not clock.is_demo():
        span = in_words(now - last.began_at)
        trouble = _("manage.py %(timer)s last ran %(span)s ago. Look whether its timer is on.")
        return Run(timer, last, "overdue", _("overdue"), trouble % (what | {"span": span}))
    if last.ended_at is None:
        return Run(timer, last, "taken", _("began, not ended"), "")
    if not last.is_well:
        trouble = _("manage.py %(timer)s failed; what it said stands in the table.") % what
        return Run(timer, last, "refused", _("failed"), trouble)
    return Run(timer, last, "done", _("went well"), "")


def background_facts() -> list[Fact]:
    """What waits for the worker, what it does, what failed and is still remembered."""
    now = timezone.now()
    waiting, running, failed = Q(status="READY"), Q(status="RUNNING"), Q(status="FAILED")
    found = DBTaskResult.objects.aggregate(
        waiting=Count("pk", filter=waiting),
        oldest=Min("enqueued_at", filter=waiting),
        running=Count("pk", filter=running),
        since=Min("started_at", filter=running),
        failed=Count("pk", filter=failed),
    )
    return [
        Fact(_("In the queue"), _pieces(found["waiting"], found["oldest"], now), _late(found["oldest"], now)),
        Fact(_("Running"), _pieces(found["running"], found["since"], now), _stuck(found["since"], now)),
        Fact(_("Failed in the last 14 days"), _pieces(found["failed"], None, now)),
    ]


def _pieces(count: int, since: datetime.datetime | None, now: datetime.datetime) -> str:
    words = ngettext("%(count)d piece of work", "%(count)d pieces of work", count) % {"count": count}
    if since is None:
        return words
    return _("%(work)s, the oldest for %(span)s") % {"work": words, "span": in_words(now - since)}


def _late(oldest: datetime.datetime | None, now: datetime.datetime) -> str:
    if oldest is None or now - oldest < WORKER_LATE:
        return ""
    return _("Work in the background waits, and no worker takes it. Start the worker (docs/operations.md).")


def _stuck(since: datetime.datetime | None, now: datetime.datetime) -> str:
    if since is None or now - since < STUCK:
        return ""
    return _(
        "A piece of work in the background does not end; its worker may have been killed. Look into its log."
    )
