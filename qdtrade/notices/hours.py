"""When mails leave: on working days, in working hours, by Beijing's real time; and when the daily mail does."""

import datetime
from collections.abc import Callable

from django.conf import settings

from qdtrade import clock

Working = Callable[[datetime.date], bool]
ONE_DAY = datetime.timedelta(days=1)
FURTHEST = 30
"""No holiday lasts longer in days."""


def is_quiet(now: datetime.datetime, is_working: Working) -> bool:
    """Whether only what is urgent may leave."""
    local = now.astimezone(clock.BEIJING)
    begins, ends = settings.MAIL_HOURS
    return not (is_working(local.date()) and begins <= local.time() < ends)


def digest_moment(now: datetime.datetime, is_working: Working) -> datetime.datetime:
    """The last moment at which daily mails were due; they hold what came before it."""
    day = now.astimezone(clock.BEIJING).date()
    for _number in range(FURTHEST):
        moment = datetime.datetime.combine(day, settings.DIGEST_AT, clock.BEIJING)
        if moment <= now and is_working(day):
            return moment
        day -= ONE_DAY
    return now
