"""Values read now and then: points on a line of time, below what they began at and what they are to reach."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .scale import Measure, Name, Scale, Tick, fitted, measure, spread, width

TOP, FOOT, GAP, APART = 14, 26, 10, 18

Value = tuple[datetime.date, Decimal]


@dataclass(frozen=True)
class Mark:
    """A value of a day with its words; `kind` is exact, open (at least so much) or about, and base or aim."""

    day: datetime.date
    value: Decimal
    words: str
    kind: str = "exact"


@dataclass(frozen=True)
class Frame:
    """The room of one drawing."""

    width: int
    height: int
    apart: int = 64


@dataclass(frozen=True)
class Point:
    """One mark: where it stands. `words` are spoken and shown when it is pointed at."""

    x: int
    y: int
    kind: str
    words: str


@dataclass(frozen=True)
class Level:
    """A value that holds across the picture: its line, and where its words stand."""

    kind: str
    path: str
    words: str
    words_y: int


@dataclass(frozen=True)
class Line:
    """A line of the grid with its word."""

    y: int
    words: str
    is_ground: bool


@dataclass(frozen=True)
class Points:
    """The whole picture."""

    width: int
    height: int
    left: int
    right: int
    bottom: int
    words_x: int
    grid: list[Line]
    ticks: list[Tick]
    path: str
    points: list[Point]
    levels: list[Level]
    last_words: str
    last_y: int


def draw(
    readings: Sequence[Mark], levels: Sequence[Mark], frame: Frame, *, first: datetime.date, last: datetime.date,
    name: Name, value: Callable[[Decimal], str],
) -> Points:  # fmt: skip
    """Readings in order of time, joined by a line; each level from where it holds to the right end.

    A baseline holds from the left; a target up to its day. The words of the newest reading and of the levels stand at
    the right, apart from each other.
    """
    bottom = frame.height - FOOT
    held = measure([one.value for one in (*readings, *levels)], bottom, TOP)
    grid = [Line(y, value(at), at == 0) for y, at in held.lines()]
    left = round(max(width(line.words) for line in grid)) + GAP
    said = [*levels, *readings[-1:]]
    room = min(frame.width * 4 // 10, round(max((width(one.words) for one in said), default=0)) + 4)
    right = frame.width - room - GAP
    scale = Scale(first, last, left, right)
    points = [Point(scale.x(one.day), held.at(one.value), one.kind, one.words) for one in readings]
    places = spread([held.at(one.value) for one in said], APART, TOP, bottom)
    return Points(
        width=frame.width,
        height=frame.height,
        left=left,
        right=right,
        bottom=bottom,
        words_x=right + GAP,
        grid=grid,
        ticks=scale.ticks(frame.apart, name),
        path=_path(points),
        points=points,
        levels=[_level(one, place, scale, held, room) for one, place in zip(levels, places, strict=False)],
        last_words=fitted(readings[-1].words, room) if readings else "",
        last_y=(places[-1] if readings else 0) + 4,
    )


def _level(one: Mark, place: int, scale: Scale, held: Measure, room: int) -> Level:
    y = held.at(one.value)
    path = f"M{scale.left} {y}H{scale.x(one.day) if one.kind == 'aim' else scale.right}"
    return Level(one.kind, path, fitted(one.words, room), place + 4)


def _path(points: Sequence[Point]) -> str:
    return "".join(f"{'L' if number else 'M'}{one.x} {one.y}" for number, one in enumerate(points))


SPARK_WIDTH, SPARK_HEIGHT, EDGE = 96, 28, 4


@dataclass(frozen=True)
class Spark:
    """A line without axis or words, beside the figure that it leads to."""

    width: int
    height: int
    path: str
    end_x: int
    end_y: int
    aim: int | None


def spark(readings: Sequence[Value], aim: Decimal | None = None) -> Spark | None:
    """The line of at least two readings, and the height of what is aimed at."""
    if len(readings) < 2:
        return None
    values = [value for _day, value in readings]
    held = [*values, *([aim] if aim is not None else [])]
    low, top = min(held), max(held)
    scale = Scale(readings[0][0], readings[-1][0], EDGE, SPARK_WIDTH - EDGE)

    def y(value: Decimal) -> int:
        share = (value - low) / (top - low) if top > low else Decimal("0.5")
        return round(SPARK_HEIGHT - EDGE - (SPARK_HEIGHT - 2 * EDGE) * share)

    places = [Point(scale.x(day), y(value), "", "") for day, value in readings]
    return Spark(
        width=SPARK_WIDTH,
        height=SPARK_HEIGHT,
        path=_path(places),
        end_x=places[-1].x,
        end_y=places[-1].y,
        aim=y(aim) if aim is not None else None,
    )
