"""Dates and times as people read them: ISO in tables, words in sentences, always Beijing's."""

import datetime
from typing import TypeAlias

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

NONE = "—"
WEEKDAYS: list[str | Promise] = [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]

Day: TypeAlias = datetime.date | datetime.datetime | None


def local(value: datetime.date | datetime.datetime) -> datetime.date | datetime.datetime:
    """An aware moment in Beijing's time; a date as it is."""
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def iso(value: Day) -> str:
    """2021-09-28, for tables; a dash for nothing."""
    return local(value).strftime("%Y-%m-%d") if value else NONE


def iso_moment(value: datetime.datetime | None) -> str:
    """2021-09-28 16:05, for tables and trails."""
    return local(value).strftime("%Y-%m-%d %H:%M") if value else NONE


def time_of_day(value: datetime.datetime | None) -> str:
    """16:05."""
    return local(value).strftime("%H:%M") if value else NONE


def weekday(value: Day) -> str:
    """Tue."""
    return str(WEEKDAYS[local(value).weekday()]) if value else ""


def in_words(value: Day) -> str:
    """A day in a sentence: Tue 28 Sep, 9月28日（周二）."""
    # Translators: a date format of Django's; the star stands for the weekday.
    return _formatted(value, gettext("* j M"))


def short(value: Day) -> str:
    """A day without its weekday: 28 Sep, 9月28日."""
    # Translators: a date format of Django's.
    return _formatted(value, gettext("j M"))


def full(value: Day) -> str:
    """A day with its year in a sentence: Tue 28 Sep 2021."""
    # Translators: a date format of Django's; the star stands for the weekday.
    return _formatted(value, gettext("* j M Y"))


def moment_in_words(value: datetime.datetime | None) -> str:
    """A moment in a sentence: 26 Sep 15:20."""
    return f"{short(value)} {time_of_day(value)}" if value else NONE


def _formatted(value: Day, pattern: str) -> str:
    if not value:
        return NONE
    return date_format(local(value), pattern).replace("*", weekday(value))
