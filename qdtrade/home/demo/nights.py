"""The nights of the demo, as timers would make them: lights are kept each midnight of the replay, and the records are
signed at the end of each day of September.
"""

import datetime

from qdtrade import clock
from qdtrade.audit.actions import sign_checkpoint
from qdtrade.audit.models import Chain, Checkpoint
from qdtrade.lights.actions import keep_all
from qdtrade.programmes.models import Programme

FROM = datetime.date(2021, 9, 1)
LIT_FROM = datetime.date(2021, 1, 1)
"""The first midnight at which lights are kept: in the first period that is reported."""

DAY = datetime.timedelta(days=1)


def sign_nights_until(moment: datetime.datetime) -> None:
    """Sign once for each midnight that has passed since the newest checkpoint."""
    if moment.astimezone(clock.BEIJING).date() < FROM:
        return
    newest = Checkpoint.objects.newest()
    day = newest.at.astimezone(clock.BEIJING).date() + DAY if newest else FROM
    while (night := datetime.datetime.combine(day, datetime.time(), clock.BEIJING)) <= moment:
        with clock.at(night):
            sign_checkpoint()
        day += DAY


def keep_nights(programme: Programme, after: datetime.datetime | None, until: datetime.datetime) -> None:
    """Keep the lights of each midnight after one step and up to the next."""
    if after is None:
        return
    night = max(clock.end_of(clock.day_of(after)), clock.start_of(LIT_FROM))
    while night <= until:
        with clock.at(night):
            keep_all(programme)
        night += DAY


def light_what_is_loaded(programme: Programme) -> None:
    """Keep the lights of the nights since the last step, and of today."""
    keep_nights(programme, Chain.objects.get(scope=programme.pk).at, clock.now())
    keep_all(programme)


def sign_what_is_loaded() -> None:
    """A demo of an older program gets its first checkpoint now, any other the nights since its last step."""
    if Checkpoint.objects.exists():
        sign_nights_until(clock.now())
    else:
        sign_checkpoint()
