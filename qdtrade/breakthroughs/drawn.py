"""The course of a year as a picture, here and in the cockpit; qdtrade.charts has the geometry."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qdtrade.charts import course

from .curve import Curve

FRAMES = {
    "wide": course.Frame(1128, 260),
    "desk": course.Frame(680, 240),
    "phone": course.Frame(358, 220, every=2),
}


@dataclass(frozen=True)
class Picture:
    """The picture in its drawings; the page shows the one that fits the room."""

    name: str
    title: str
    desc: str
    drawings: dict[str, course.Course]


@dataclass(frozen=True)
class Shown:
    """What the picture shows, whatever its room. `ahead` is where the pace leads, with the words of its middle and
    its range.
    """

    points: Sequence[course.Point]
    target: Sequence[course.Point]
    claimed: int
    on: datetime.date
    total: int | None
    ahead: course.Range | None = None
    ahead_words: tuple[str, str] = ("", "")

    def drawn(self, year: int, frame: course.Frame) -> course.Course:
        first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        return course.draw(
            self.points,
            self.target,
            frame,
            waiting=self.claimed,
            ahead=self.ahead,
            first=first,
            today=min(max(self.on, first), last),
            last=last,
            words=self._words(),
            name=month_name,
        )

    def _words(self) -> course.Words:
        recognised = self.points[-1][1] if self.points else 0
        middle, around = self.ahead_words
        return course.Words(
            reached=_("recognised %(n)d") % {"n": recognised},
            waiting=_("claimed %(n)d") % {"n": self.claimed} if self.claimed else "",
            target=_("target %(n)d") % {"n": self.total} if self.total is not None else "",
            middle=middle,
            range=around,
        )


def of_year(found: Curve) -> Picture:
    """What was recognised day by day, what is claimed on top of it, and the target; the table behind it says the
    same by month.
    """
    is_now = found.on.year == found.year
    claimed = found.claimed if is_now else 0
    shown = Shown(found.days, target_of(found), claimed, found.on, found.total)
    said = {"year": found.year, "day": found.on.isoformat(), "n": found.recognised, "claimed": found.claimed}
    desc = _("By %(day)s: %(n)d recognised; %(claimed)d claimed, which do not count.") % said
    if found.total is not None:
        desc += " " + _("The target of the year is %(total)d.") % {"total": found.total}
    title = _("Breakthroughs of %(year)d") % {"year": found.year}
    drawings = {name: shown.drawn(found.year, frame) for name, frame in FRAMES.items()}
    return Picture("curve", title, desc, drawings)


def target_of(found: Curve) -> list[course.Point]:
    """The target as points in time; empty where none is set."""
    if found.target is None:
        return []
    start = [(datetime.date(found.year, 1, 1), 0)]
    return start + [(one.ends_on, one.target) for one in found.months if one.target is not None]


def month_name(day: datetime.date, _months: int) -> str:
    return date_format(day, pgettext("month", "M"))
