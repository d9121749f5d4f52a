"""The checkpoints of the demo: its records are signed at the end of each day of September, as a timer would."""

import datetime

from qdtrade import clock
from qdtrade.audit.actions import sign_checkpoint
from qdtrade.audit.models import Checkpoint

FROM = datetime.date(2021, 9, 1)
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


def sign_what_is_loaded() -> None:
    """A demo of an older program gets its first checkpoint now, any other the nights since its last step."""
    if Checkpoint.objects.exists():
        sign_nights_until(clock.now())
    else:
        sign_checkpoint()
