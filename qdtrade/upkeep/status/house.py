"""Which program this is, how it is set up, and whether its calendar reaches far enough."""

import datetime
import platform

import django
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.programmes.calendar import Calendar
from qdtrade.templatetags import days

from ..version import version
from .facts import Fact

NOTICE_MONTH = 12
"""From this month on, next year's holidays should have been entered: the notice comes out in November."""


def house_facts() -> list[Fact]:
    """Settings worth knowing; no secret, no path, no address."""
    yes, no = _("yes"), _("no")
    return [
        Fact(_("Program"), version()),
        Fact(_("Runs on"), f"Python {platform.python_version()}, Django {django.get_version()}"),
        Fact(_("Use"), _("demo, its clock stands on one day") if clock.is_demo() else _("real data")),
        _calendar(),
        Fact(_("Encrypted connections only"), yes if settings.SECURE_SSL_REDIRECT else no, _https()),
        Fact(_("Largest file"), filesizeformat(settings.MAX_FILE_BYTES)),
        Fact(_("Fault pages for programmers"), yes if settings.DEBUG else no, _debug()),
    ]


def _calendar() -> Fact:
    """Until when holidays and make-up days are known."""
    calendar, today = Calendar(), clock.today()
    year = today.year - 1
    while calendar.covers(year + 1):
        year += 1
    wanted = today.year + (today.month >= NOTICE_MONTH)
    until = days.iso(datetime.date(year, 12, 31)) if calendar.covers(year) else _("not entered")
    trouble = _("The holidays of %(year)d have not been entered: manage.py load_working_days.")
    return Fact(_("Working days known until"), until, "" if year >= wanted else trouble % {"year": wanted})


def _https() -> str:
    if settings.SECURE_SSL_REDIRECT or clock.is_demo() or settings.TESTING:
        return ""
    return _("Passwords travel unencrypted. Set up HTTPS, and take QDTRADE_HTTPS=0 away.")


def _debug() -> str:
    if not settings.DEBUG:
        return ""
    return _("A fault shows its inside to whoever meets it. Take QDTRADE_DEBUG away.")
