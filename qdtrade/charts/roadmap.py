"""The roadmap of many: one line of time above, and below it a lane for each, with its bar and its nodes.

Places are shares of the width, so that a lane fills whatever room there is, on a screen as on a sheet of paper.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .scale import Name, month_starts

ROOM = 856
"""The width that a lane has on a wide screen: what is crowded is judged there."""
CROWDED = 9
"""Nodes that stand closer than this are drawn as one."""

FARTHEST = 25
"""Years from today: what lies further away stands at the end of the axis."""
NEAR = datetime.timedelta(days=366)
"""The axis reaches to today where its days come so near to it."""
MOST_STEPS = 240
"""With more of them the axis takes the next longer step."""

OVERDUE, CLAIMED, DUE, DONE, WAIVED = "overdue", "claimed", "due", "done", "waived"
LOUDEST_FIRST = (OVERDUE, CLAIMED, DUE, DONE, WAIVED)


@dataclass(frozen=True)
class Zoom:
    """How much of time a step of the axis is, and how much room its word needs."""

    name: str
    months: int
    room: int


YEAR, QUARTER, MONTH = Zoom("year", 12, 96), Zoom("quarter", 3, 44), Zoom("month", 1, 44)
ZOOMS = {zoom.name: zoom for zoom in (YEAR, QUARTER, MONTH)}


@dataclass(frozen=True)
class Node:
    """An interim target on the day that counts: done or claimed on it, else planned for it."""

    day: datetime.date
    kind: str
    words: str
    baseline_on: datetime.date | None = None


@dataclass(frozen=True)
class Span:
    """What a lane shows: from when until when, how far it is, and what is expected and was once promised."""

    starts_on: datetime.date
    due_on: datetime.date
    progress: Decimal
    nodes: Sequence[Node] = ()
    baseline_on: datetime.date | None = None
    forecast_on: datetime.date | None = None


@dataclass(frozen=True)
class Tick:
    """A line of the grid with its word."""

    x: str
    label: str
    is_year: bool


@dataclass(frozen=True)
class Axis:
    """The days from `first` to before `end`; `width` is in pixels, or all the room there is."""

    first: datetime.date
    end: datetime.date
    pixels: int
    width: str
    years: list[Tick]
    steps: list[Tick]
    today: str
    flag: str

    def at(self, day: datetime.date) -> float:
        """The share of the width at which a day stands; days outside stand at the end they are beyond."""
        share = (day - self.first).days / (self.end - self.first).days
        return max(0.0, min(1.0, share))

    def x(self, day: datetime.date) -> str:
        """The same as an attribute of a drawing."""
        return percent(self.at(day))


@dataclass(frozen=True)
class Bar:
    """A piece of a lane."""

    x: str
    width: str


@dataclass(frozen=True)
class Mark:
    """A node where it is drawn, or several that would cover one another: then `count` says how many."""

    x: str
    kind: str
    words: str
    count: int


@dataclass(frozen=True)
class Lane:
    """Everything that is drawn in one row."""

    plan: Bar
    actual: Bar
    late: Bar | None
    forecast: Bar | None
    forecast_x: str
    baseline: Bar | None
    baselines: list[str]
    marks: list[Mark]


def percent(share: float) -> str:
    """A share as an attribute, the same in every language."""
    return f"{100 * share:.2f}%"


def axis(
    days: Sequence[datetime.date],
    zoom: Zoom,
    *,
    today: datetime.date,
    year: Name,
    step: Name,
    flag: str,
) -> Axis:
    """The line of time that holds all these days, in whole steps; `year` and `step` name its ticks."""
    first, last = _reach(days, today)
    while (last - first).days > MOST_STEPS * zoom.months * 30 and zoom is not YEAR:
        zoom = QUARTER if zoom is MONTH else YEAR
    first, end = _start_of(first, zoom.months), _after(last, zoom.months)
    starts = month_starts(first, end - datetime.timedelta(days=1), zoom.months)
    pixels = max(ROOM, len(starts) * zoom.room)
    bare = Axis(first, end, pixels, str(pixels) if pixels > ROOM else "100%", [], [], "", flag)
    januaries = [day for day in month_starts(first, end, 12) if first < day < end]
    years = [Tick(bare.x(day), year(day, 12), True) for day in (first, *januaries)]
    lines = starts if zoom.months < 12 else month_starts(first, end - datetime.timedelta(days=1), 3)
    steps = [Tick(bare.x(day), step(day, zoom.months) if zoom.months < 12 else "", False) for day in lines]
    at = bare.x(today) if first <= today < end else ""
    return Axis(first, end, pixels, bare.width, years, steps, at, flag)


def _reach(days: Sequence[datetime.date], today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """From the first day to the last, to today where that is near, and never further than anybody plans."""
    least, most = datetime.date(today.year - FARTHEST, 1, 1), datetime.date(today.year + FARTHEST, 12, 31)
    first, last = (min(max(day, least), most) for day in (min(days, default=today), max(days, default=today)))
    if first - NEAR <= today <= last + NEAR:
        return min(first, today), max(last, today)
    return first, last


def _start_of(day: datetime.date, months: int) -> datetime.date:
    """The first day of the step that holds this day."""
    return datetime.date(day.year, (day.month - 1) // months * months + 1, 1)


def _after(day: datetime.date, months: int) -> datetime.date:
    """The first day after that step."""
    month = (day.month - 1) // months * months + months
    return datetime.date(day.year + month // 12, month % 12 + 1, 1)


def lane(span: Span, on: Axis, *, today: datetime.date, against_baseline: bool = False) -> Lane:
    """The lane of one; against the baseline it also shows what was promised first."""
    start, end = on.at(span.starts_on), on.at(span.due_on)
    reached = float(max(Decimal(0), min(Decimal(100), span.progress))) / 100
    overdue = [node.day for node in span.nodes if node.kind == OVERDUE]
    expected = span.forecast_on if span.forecast_on and span.forecast_on != span.due_on else None
    promised = span.baseline_on if against_baseline else None
    return Lane(
        plan=_bar(start, end),
        actual=_bar(start, start + (end - start) * reached),
        late=_bar(on.at(min(overdue)), on.at(today)) if overdue else None,
        forecast=_bar(*sorted((end, on.at(expected)))) if expected else None,
        forecast_x=on.x(expected) if expected else "",
        baseline=_bar(start, on.at(promised)) if promised else None,
        baselines=[on.x(node.baseline_on) for node in span.nodes if node.baseline_on]
        if against_baseline
        else [],
        marks=_marks(span.nodes, on),
    )


def _bar(start: float, end: float) -> Bar:
    return Bar(percent(start), percent(max(0.0, end - start)))


def _marks(nodes: Sequence[Node], on: Axis) -> list[Mark]:
    """The nodes in order of time; those that stand closer than CROWDED to the one before join it."""
    groups: list[list[Node]] = []
    for node in sorted(nodes, key=lambda one: one.day):
        if groups and (on.at(node.day) - on.at(groups[-1][-1].day)) * on.pixels < CROWDED:
            groups[-1].append(node)
        else:
            groups.append([node])
    return [_mark(group, on) for group in groups]


def _mark(group: list[Node], on: Axis) -> Mark:
    """One mark for a group: in the middle, and drawn as the loudest of its nodes."""
    middle = (on.at(group[0].day) + on.at(group[-1].day)) / 2
    kind = min((node.kind for node in group), key=LOUDEST_FIRST.index)
    return Mark(percent(middle), kind, "\n".join(node.words for node in group), len(group))
