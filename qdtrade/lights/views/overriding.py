"""What the forms ask that show another light than the computed one, whatever has the light."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from qdtrade import clock

from ..actions import end_override, override
from ..kinds import kind_of
from ..models import LightOverride


def set_light(request: HttpRequest, obj: Any) -> LightOverride:
    """Show the light that the form names, with its reason, until its day."""
    given = request.POST
    return override(
        obj, given.get("level", ""), by=request.user, reason=given.get("comment", ""),
        ends_on=_day(given.get("ends_on", "")),
    )  # fmt: skip


def end_light(request: HttpRequest, obj: Any) -> LightOverride:
    """Show the computed light again; 404 where nothing else is shown."""
    kind = kind_of(obj)
    kind.decides(obj, request.user)
    rows: Any = kind.overrides._default_manager
    row = get_object_or_404(rows.running(clock.today()).filter(**{kind.name: obj}))
    return end_override(row, by=request.user, reason=request.POST.get("comment", ""))


def _day(text: str) -> datetime.date | None:
    """The day that the form names; None, the end of the period, where it names none."""
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ValidationError({"ends_on": _("Write the day like 2021-09-28.")}) from None
