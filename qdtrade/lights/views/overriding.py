"""What the forms ask that show another light than the computed one, whatever has the light."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.templatetags import days
from qdtrade.web import done

from ..actions import end_override, override
from ..kinds import kind_of


def set_light(request: HttpRequest, obj: Any) -> HttpResponse:
    """Show the light that the form names, with its reason, until its day; back to the page of what has it."""
    given = request.POST
    made = override(
        obj, given.get("level", ""), by=request.user, reason=given.get("comment", ""),
        ends_on=_day(given.get("ends_on", "")),
    )  # fmt: skip
    words = _("Light set: %(what)s\nIt is shown until %(day)s; the computed light is kept beside it.")
    return done(request, words % {"what": obj, "day": days.iso(made.ends_on)}, kind_of(obj).name, obj.pk)


def end_light(request: HttpRequest, obj: Any) -> HttpResponse:
    """Show the computed light again; 404 where nothing else is shown. Back to the page of what has it."""
    kind = kind_of(obj)
    kind.decides(obj, request.user)
    rows: Any = kind.overrides._default_manager
    row = get_object_or_404(rows.running(clock.today()).filter(**{kind.name: obj}))
    end_override(row, by=request.user, reason=request.POST.get("comment", ""))
    return done(request, _("The computed light is shown again: %(what)s") % {"what": obj}, kind.name, obj.pk)


def _day(text: str) -> datetime.date | None:
    """The day that the form names; None, the end of the period, where it names none."""
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ValidationError({"ends_on": _("Write the day like 2021-09-28.")}) from None
