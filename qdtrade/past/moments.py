"""The moment that an address asks for: `?as_of=2021-08-31` for the end of that day in Beijing, or a moment."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from qdtrade import clock

AS_OF = "as_of"

FIRST = datetime.date(1990, 1, 1)
"""No register is older; and years that no clock can reckon with are refused before anything reckons with them."""


@dataclass(frozen=True)
class AsOf:
    """A moment of the past, and how an address says it."""

    text: str
    moment: datetime.datetime

    @property
    def day(self) -> datetime.date:
        return clock.day_of(self.moment)

    @property
    def is_end_of_day(self) -> bool:
        return len(self.text) == len("2021-08-31")


def read(text: str, name: str = AS_OF) -> AsOf:
    """The moment, never later than now; raises ValidationError under this name for what is none, or still to come."""
    text = text.strip()
    found = _moment(text)
    if found is None or not clock.day_of(found) >= FIRST:
        words = _("Give a day such as 2021-08-31, or a moment such as 2021-08-31T17:30:00+08:00.")
        raise ValidationError({name: words})
    now = clock.now()
    if clock.day_of(found) > clock.day_of(now):
        raise ValidationError({name: _("That day is still to come. Choose today or an earlier one.")})
    return AsOf(text, min(found, now))


def _moment(text: str) -> datetime.datetime | None:
    try:
        day = parse_date(text)
        if day is not None and FIRST <= day < datetime.date.max:
            return clock.end_of(day) - datetime.timedelta(microseconds=1)
        found = parse_datetime(text.replace(" ", "+") if "T" in text else text)
        if found is None:
            return None
        return found if found.tzinfo is not None else found.replace(tzinfo=clock.BEIJING)
    except (ValueError, OverflowError):
        return None
