"""Running totals over time: each holds from its day until the next, so a line goes in steps and never slopes."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from .scale import Measure, Name, Scale, Tick, fitted, measure, spread, width

TOP, FOOT, GAP = 12, 26, 8
"""Room above the uppermost line, for the words of the days below, and between a line's end and its words."""
APART = 24
"""How far the words at the ends of lines stand apart: a finger's breadth where they are links."""

Point = tuple[datetime.date, Decimal]


@dataclass(frozen=True)
class Line:
    """One running total: its words, how it is drawn (actual, second, dotted or plan), and its values in order of time.

    It runs on at its last value; a plan to the end of the picture, the others to the day until which they are known.
    """

    words: str
    kind: str
    points: Sequence[Point]
    url: str = ""


@dataclass(frozen=True)
class Frame:
    """The room of one drawing."""

    width: int
    height: int
    apart: int = 64
    """How far the words below the line of time stand apart at least."""


@dataclass(frozen=True)
class Drawn:
    """One line: its path, where it ends, and where its words stand."""

    kind: str
    path: str
    end_x: int
    end_y: int
    words: str
    words_x: int
    words_y: int
    hit_y: int
    """The upper edge of what a finger meets, as high as the words stand apart."""
    room: int
    url: str


@dataclass(frozen=True)
class Level:
    """A line of the grid with its word."""

    y: int
    words: str
    is_ground: bool


@dataclass(frozen=True)
class Steps:
    """The whole picture."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    levels: list[Level]
    ticks: list[Tick]
    lines: list[Drawn]
    until: int


def running(amounts: Iterable[Point], since: datetime.date) -> list[Point]:
    """Running totals of dated amounts in order of time; nothing yet on the first day."""
    days = list(amounts)
    totals = accumulate((amount for _day, amount in days), initial=Decimal(0))
    return list(zip([since, *(day for day, _amount in days)], totals, strict=True))


def draw(
    lines: Sequence[Line], frame: Frame, *, first: datetime.date, until: datetime.date, last: datetime.date,
    name: Name, value: Callable[[Decimal], str] = "{:,f}".format, whole: bool = False,
) -> Steps:  # fmt: skip
    """The picture from `first` to `last`, with what is known until a day; counts have `whole` steps."""
    bottom = frame.height - FOOT
    held = measure((point[1] for line in lines for point in line.points), bottom, TOP, whole=whole)
    levels = [Level(y, value(_plain(at)), at == 0) for y, at in held.lines()]
    left = round(max(width(level.words) for level in levels)) + GAP
    room = min(frame.width * 4 // 10, round(max((width(line.words) for line in lines), default=0)) + 4)
    scale = Scale(first, last, left, frame.width - room - GAP)
    ends = {"plan": scale.right}
    paths = [_path(line.points, scale, held, ends.get(line.kind, scale.x(until))) for line in lines]
    places = spread([y for _path, _x, y in paths], APART, TOP, bottom - 4)
    found = [
        Drawn(
            kind=line.kind, path=path, end_x=x, end_y=y, words=fitted(line.words, room), words_x=x + GAP,
            words_y=place + 4, hit_y=place - APART // 2, room=room, url=line.url,
        )
        for line, (path, x, y), place in zip(lines, paths, places, strict=True)
    ]  # fmt: skip
    return Steps(
        width=frame.width, height=frame.height, left=left, right=scale.right, top=TOP, bottom=bottom, levels=levels,
        ticks=scale.ticks(frame.apart, name), lines=found, until=scale.x(until),
    )  # fmt: skip


def _path(points: Sequence[Point], scale: Scale, held: Measure, end: int) -> tuple[str, int, int]:
    """The path, and where it ends; of several values on one place the last counts, for the others cannot be seen."""
    places = {scale.x(day): held.at(value) for day, value in points if scale.x(day) <= end}
    if not places:
        return "", end, held.at(0)
    (x, y), *rest = places.items()
    parts = [f"M{x} {y}"]
    for to_x, to_y in rest:
        parts.append(f"H{to_x}" + (f"V{to_y}" if to_y != y else ""))
        y = to_y
    return "".join([*parts, f"H{end}"]), end, y


def _plain(value: Decimal) -> Decimal:
    """Without the zeros behind the point."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
