"""Who changes by what lights are judged, who shows another light than the computed one, and until when."""

import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.errors import Stale, WrongState
from qdtrade.programmes.rules import runs_programme
from qdtrade.templatetags import days

from .levels import Level
from .models import LightOverride, LightRule

__all__ = [
    "is_known_level",
    "is_last_version",
    "may_hold_from",
    "may_last_until",
    "needs_reason",
    "runs_on",
    "runs_programme",
]


def is_last_version(last: LightRule, seen: int | None) -> None:
    """A new version is made from the last one, which the person must have seen."""
    if seen not in {None, last.version}:
        words = _("Version %(version)d was made in the meantime. Open that version, then change it.")
        raise Stale(words % {"version": last.version})


def may_hold_from(day: datetime.date, last: LightRule) -> None:
    """A new version holds from today or later, and after the one before: what was kept stays as it was."""
    if day < clock.today():
        raise ValidationError({"valid_from": _("From today or later: what was kept stays as it was.")})
    if day <= last.valid_from:
        words = _("After version %(version)d, which holds from %(day)s.")
        said = {"version": last.version, "day": days.iso(last.valid_from)}
        raise ValidationError({"valid_from": words % said})


def is_known_level(level: str) -> None:
    """One of the five."""
    if level not in Level.values:
        raise ValidationError({"level": _("Choose one of the five lights.")})


def needs_reason(reason: str) -> None:
    """Whoever shows another light than the computed one says why."""
    if not reason:
        raise ValidationError({"comment": _("Please give a reason.")})


def may_last_until(day: datetime.date, last: datetime.date) -> None:
    """From today to the end of the period at most."""
    if not clock.today() <= day <= last:
        words = _("Choose a day from today to %(last)s, where the period ends.")
        raise ValidationError({"ends_on": words % {"last": days.iso(last)}})


def runs_on(override: LightOverride, today: datetime.date) -> None:
    """Only what holds can be ended."""
    if not override.runs_on(today):
        raise WrongState(_("This has ended already; the computed light is shown."))
