"""An indicator as a picture: its readings, where it began and what it aims at. qdtrade.charts has the geometry."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.charts import points
from qdtrade.templatetags.words import listed

from .models import Indicator, IndicatorTarget, Qualifier, Reading
from .said import said, value_words, written

DESK, PHONE = points.Frame(700, 240), points.Frame(358, 210, apart=56)
KINDS = {
    Qualifier.EXACT: "exact",
    Qualifier.AT_LEAST: "open",
    Qualifier.MORE_THAN: "open",
    Qualifier.ABOUT: "about",
}
MARGIN = datetime.timedelta(days=30)


@dataclass(frozen=True)
class Picture:
    """One picture in its drawings; the page shows the one that fits the room."""

    name: str
    title: str
    desc: str
    desk: Any
    phone: Any


def picture(
    indicator: Indicator, readings: Sequence[Reading], aims: Sequence[IndicatorTarget]
) -> Picture | None:
    """The readings in force, in order of time; None for what is no figure, or has none yet."""
    marks = [
        points.Mark(one.on, one.value, str(said(one)), KINDS[Qualifier(one.qualifier)])
        for one in readings
        if one.value is not None
    ]
    if indicator.form != Indicator.Form.FIGURE or not marks:
        return None
    levels = [_level(indicator, one) for one in aims]
    days = [one.day for one in (*marks, *levels)]
    first, last = min(days) - MARGIN, max(*days, clock.today()) + MARGIN
    draw = [
        points.draw(
            marks, levels, frame, first=first, last=last, name=tick_name,
            value=lambda at: _axis(indicator, at),
        )
        for frame in (DESK, PHONE)
    ]  # fmt: skip
    told = [f"{one.period} {said(one)}" for one in readings if one.value is not None]
    return Picture(
        name="readings",
        title=indicator.display_name,
        desc=listed([*told, *(level.words for level in levels)]),
        desk=draw[0],
        phone=draw[1],
    )


def _level(indicator: Indicator, aim: IndicatorTarget) -> points.Mark:
    kind = "base" if aim.kind == IndicatorTarget.Kind.BASELINE else "aim"
    words = f"{aim.get_kind_display()} {value_words(indicator, aim.value)}"
    return points.Mark(aim.on, aim.value, words, kind)


def _axis(indicator: Indicator, value: Decimal) -> str:
    """A figure of the axis: in the unit that the readings are shown in, with as many digits as its steps need."""
    return written(indicator, value)[0].removeprefix("+")


def tick_name(day: datetime.date, step: int) -> str:
    """A tick's word: a month, a quarter or a year."""
    short = {"year": day.year % 100, "month": day.month, "quarter": (day.month + 2) // 3}
    if step == 3:
        return _("Q%(quarter)d %(year)02d") % short
    return str(day.year) if step >= 12 else _("%(month)02d/%(year)02d") % short
