"""Breakthroughs on their course to the year's target: what was recognised, what waits, and where the pace leads."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from qdtrade.breakthroughs.curve import Curve, curve
from qdtrade.breakthroughs.drawn import Shown, month_name, target_of
from qdtrade.breakthroughs.models import Breakthrough
from qdtrade.charts import course
from tasks.models import Task

from .asked import Figure, Picture, Scope, with_sign
from .forecast import Forecast, forecast, months_before

FRAMES = {
    "desk": course.Frame(680, 290),
    "phone": course.Frame(358, 250, every=2),
    "wall": course.Frame(520, 240),
}


@dataclass(frozen=True)
class Breakthroughs:
    """The panel. `target` and `ahead` are of the whole pilot, and None where a part of it is shown."""

    year: int
    recognised: Figure
    claimed: Figure
    candidates: Figure
    target: int | None
    due: int | None
    ahead: int | None
    forecast: Forecast | None
    points: list[course.Point]
    curve: Curve
    pictures: dict[str, course.Course]

    @property
    def ahead_words(self) -> str:
        """How much more than due, with its sign."""
        return with_sign(self.ahead) if self.ahead is not None else ""

    @property
    def words(self) -> Picture:
        """What the picture is, for whoever does not see it."""
        said = [_("recognised %(n)d") % {"n": self.recognised.count}]
        if self.claimed.count:
            said.append(_("claimed %(n)d") % {"n": self.claimed.count})
        if self.target is not None:
            said.append(_("target %(n)d") % {"n": self.target})
        if self.forecast is not None:
            low, high = self.forecast.low, self.forecast.high
            said.append(_("on today's pace %(low)d–%(high)d by the year's end") % {"low": low, "high": high})
        title = _("Breakthroughs of %(year)d, day by day") % {"year": self.year}
        return Picture("course", title, _("; ").join(said))

    @property
    def more(self) -> int | None:
        """How many more a month than now the target needs; None where there is no target or no forecast."""
        return None if self.forecast is None or self.target is None else self.forecast.more(self.target)

    @property
    def months(self) -> list[tuple[str, int | None, int | None]]:
        """The table behind the picture: each month, recognised by its end, and due by then."""
        of_whole = self.target is not None
        return [
            (
                month_name(one.starts_on, 1),
                self._by(one.ends_on, one.starts_on),
                one.target if of_whole else None,
            )
            for one in self.curve.months
        ]

    def _by(self, end: datetime.date, start: datetime.date) -> int | None:
        if start > self.curve.on:
            return None
        return max((total for day, total in self.points if day <= end), default=0)


def breakthroughs(scope: Scope) -> Breakthroughs:
    """The panel of the year that the day is in, in five questions."""
    year, today = scope.today.year, scope.today
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    found = curve(scope.programme, year, today, user=scope.user)
    rows = rows_of(scope)
    counted = rows.counted(today).filter(recognised_on__gte=months_before(first, 3))
    by_day = (
        counted.order_by().values_list("recognised_on").annotate(count=Count("pk")).order_by("recognised_on")
    )
    days = [day for day, count in by_day for _number in range(count)]
    points = list(_running(days, first))
    waiting = rows.aggregate(
        claimed=Count("pk", filter=Q(status=Breakthrough.Status.CLAIMED)),
        candidates=Count("pk", filter=Q(status__in=Breakthrough.WAITING_FOR_BUREAU)),
    )
    ahead = forecast(days, since=scope.programme.starts_on, first=first, on=today, until=last)
    total = points[-1][1] if points else 0
    shown = _shown(points, found, waiting["claimed"], ahead, scope)
    return Breakthroughs(
        year=year,
        recognised=scope.figure(total, "breakthrough_list", year=year, counted="true"),
        claimed=scope.figure(waiting["claimed"], "breakthrough_list", status=Breakthrough.Status.CLAIMED),
        candidates=scope.figure(waiting["candidates"], "breakthrough_list", to_claim="true"),
        target=shown.total,
        due=found.due if scope.is_whole else None,
        ahead=found.ahead if scope.is_whole else None,
        forecast=ahead,
        points=points,
        curve=found,
        pictures={name: shown.drawn(year, frame) for name, frame in FRAMES.items()},
    )


def rows_of(scope: Scope) -> Any:
    """The breakthroughs that the scope leaves; what was recognised is known to every member of the programme."""
    rows = Breakthrough.objects.visible_to(scope.user).of_programme(scope.programme)
    if scope.field is not None:
        rows = rows.filter(task__field=scope.field)
    if scope.bureau is not None:
        rows = rows.filter(bureau=scope.bureau)
    if scope.district is not None:
        rows = rows.filter(task__in=Task.objects.with_part_of(scope.district).values("pk"))
    return rows


def _running(days: list[datetime.date], first: datetime.date) -> Iterator[course.Point]:
    """The total of the year after each day on which any came."""
    total = 0
    for day in days:
        if day >= first:
            total += 1
            yield day, total


def _shown(
    points: list[course.Point], found: Curve, claimed: int, ahead: Forecast | None, scope: Scope
) -> Shown:
    """With where the pace leads; the target is one of the whole pilot."""
    leads = course.Range(ahead.middle, ahead.low, ahead.high) if ahead else None
    words = ("", "")
    if ahead is not None:
        about = _("pace: about %(n)d") % {"n": ahead.about}
        words = (about, _("range %(low)d–%(high)d") % {"low": ahead.low, "high": ahead.high})
    target = target_of(found) if scope.is_whole else []
    return Shown(points, target, claimed, scope.today, found.total if scope.is_whole else None, leads, words)
