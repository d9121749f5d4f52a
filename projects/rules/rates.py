"""When a version of a rate may begin."""

import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.templatetags import days

from ..models import Rate


def may_hold_from(day: datetime.date, last: Rate | None) -> None:
    """A new version holds from today or later, and after the one before: what was quoted stays as it was."""
    if last is None:
        return
    if day < clock.today():
        raise ValidationError({"valid_from": _("From today or later: what was quoted stays as it was.")})
    if day <= last.valid_from:
        words = _("After version %(version)d, which holds from %(day)s.")
        said = {"version": last.version, "day": days.iso(last.valid_from)}
        raise ValidationError({"valid_from": words % said})
