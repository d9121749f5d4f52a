"""The curve of a year as a picture; qdtrade.charts has the geometry."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from qdtrade.charts import steps
from qdtrade.programmes.models import Programme

from .curve import Curve

WIDE, DESK, PHONE = steps.Frame(1128, 260, 40), steps.Frame(700, 240, 40), steps.Frame(358, 210, 40)


@dataclass(frozen=True)
class Picture:
    """The picture in its drawings; the page shows the one that fits the room."""

    name: str
    title: str
    desc: str
    desk: Any
    phone: Any
    wide: Any = None


def of_year(found: Curve, page: str, programme: Programme) -> Picture:
    """What was recognised month by month, what is claimed on top of it, and the target; the table behind it says the
    same.
    """
    first, last = datetime.date(found.year, 1, 1), datetime.date(found.year, 12, 31)
    until = min(max(found.on, first), last)
    lines = []
    if found.target is not None:
        points = [(first, Decimal(0)), *((one.ends_on, Decimal(one.target or 0)) for one in found.months)]
        lines.append(steps.Line(_("target %(n)d") % {"n": found.total}, "plan", points))
    if found.claimed and first <= found.on <= last:
        on_top = Decimal(found.recognised + found.claimed)
        start = max(first, found.on - datetime.timedelta(days=12))
        words = _("with claimed %(n)d") % {"n": found.recognised + found.claimed}
        lines.append(steps.Line(words, "dotted", [(start, on_top)], _way(page, programme, status="claimed")))
    points = [(first, Decimal(0)), *((day, Decimal(number)) for day, number in found.days)]
    way = _way(page, programme, counted="true", year=str(found.year))
    words = _("recognised %(n)d") % {"n": found.recognised}
    lines.append(steps.Line(words, "actual", points, way if found.recognised else ""))
    draw = partial(steps.draw, lines, first=first, until=until, last=last, name=_month_name, whole=True)
    said = {"year": found.year, "day": until.isoformat(), "n": found.recognised, "claimed": found.claimed}
    desc = _("By %(day)s: %(n)d recognised; %(claimed)d claimed, which do not count.") % said
    if found.total is not None:
        desc += " " + _("The target of the year is %(total)d.") % {"total": found.total}
    title = _("Breakthroughs of %(year)d") % {"year": found.year}
    return Picture("curve", title, desc, draw(DESK), draw(PHONE), draw(WIDE))


def _way(page: str, programme: Programme, **asked: str) -> str:
    return f"{page}?{urlencode({'programme': programme.code, **asked})}"


def _month_name(day: datetime.date, step: int) -> str:
    return _("%(month)d/%(year)02d") % {"month": day.month, "year": day.year % 100}
