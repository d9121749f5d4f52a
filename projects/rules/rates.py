"""When a version of a rate may begin."""

import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.errors import Stale
from qdtrade.templatetags import days

from ..models import Rate


def is_last_version(rate: Rate, seen: int | None = None) -> None:
    """A new version is made from the last one, which the person must have seen."""
    versions = Rate.objects.filter(programme=rate.programme_id, code=rate.code)
    last = versions.order_by("-version").first() or rate
    if last.pk != rate.pk or seen not in {None, last.version}:
        words = _("%(rate)s was made in the meantime. Open that version, then change it.")
        raise Stale(words % {"rate": last})


def may_hold_from(day: datetime.date, last: Rate) -> None:
    """A new version holds from today or later, and after the one before: what was quoted stays as it was."""
    if day < clock.today():
        raise ValidationError({"valid_from": _("From today or later: what was quoted stays as it was.")})
    if day <= last.valid_from:
        words = _("After version %(version)d, which holds from %(day)s.")
        said = {"version": last.version, "day": days.iso(last.valid_from)}
        raise ValidationError({"valid_from": words % said})
