"""What time it is.

`now()` serves the domain and the trail. In the demo it keeps the real time of day but stays on the demo's day.
Sessions, tokens, the outbox and heartbeats use `django.utils.timezone.now()`, which is always real.
"""

import contextlib
import contextvars
import datetime
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

BEIJING = ZoneInfo("Asia/Shanghai")

_moment: contextvars.ContextVar[datetime.datetime | None] = contextvars.ContextVar("moment", default=None)


def now() -> datetime.datetime:
    """The present moment of the domain, aware, in UTC."""
    moment = _moment.get()
    if moment is not None:
        return moment
    real = timezone.now()
    if settings.DEMO_DAY is None:
        return real
    time_of_day = real.astimezone(BEIJING).timetz()
    return datetime.datetime.combine(settings.DEMO_DAY, time_of_day).astimezone(datetime.UTC)


def today() -> datetime.date:
    """The domain's date in Beijing."""
    return now().astimezone(BEIJING).date()


def day_of(moment: datetime.datetime) -> datetime.date:
    """The Beijing date of an aware moment."""
    return moment.astimezone(BEIJING).date()


def end_of(day: datetime.date) -> datetime.datetime:
    """24:00 Beijing time of this day: the first moment that is too late (DOMAIN, reporting period)."""
    return start_of(day + datetime.timedelta(days=1))


def start_of(day: datetime.date) -> datetime.datetime:
    """00:00 Beijing time of this day, aware, in UTC."""
    return datetime.datetime.combine(day, datetime.time(), BEIJING).astimezone(datetime.UTC)


def is_demo() -> bool:
    """Whether records made now must say that they come from a demo."""
    return settings.DEMO_DAY is not None


def stands_at() -> datetime.datetime | None:
    """The moment at which the clock stands, or None where it goes."""
    return _moment.get()


@contextlib.contextmanager
def at(moment: datetime.datetime | None) -> Iterator[None]:
    """Stand at this aware moment for a while, or go (None): for looks at the past, the demo's loader and tests."""
    token = _moment.set(moment.astimezone(datetime.UTC) if moment is not None else None)
    try:
        yield
    finally:
        _moment.reset(token)
