"""A count on its course through a year: what was reached, what was promised, what waits, and where the pace leads."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .scale import Measure, Name, Scale, Tick, measure, month_starts, spread, width

TOP, FOOT, GAP, APART = 14, 26, 8, 20
BAR = 10
"""How wide the bar of what waits is."""

Point = tuple[datetime.date, int]


@dataclass(frozen=True)
class Frame:
    """The room of one drawing; `every` is how many months its ticks stand apart."""

    width: int
    height: int
    every: int = 1


@dataclass(frozen=True)
class Range:
    """Where the pace leads at the end of the picture: the middle, and the ends of the range."""

    middle: Decimal
    low: int
    high: int


@dataclass(frozen=True)
class Words:
    """What stands at the ends of the lines; an empty one is left out."""

    reached: str
    waiting: str = ""
    target: str = ""
    middle: str = ""
    range: str = ""


@dataclass(frozen=True)
class Label:
    """A word at its place; `kind` says which line it belongs to."""

    kind: str
    x: int
    y: int
    words: str
    anchor: str = "start"

    @property
    def left(self) -> int:
        """Where the words begin."""
        return self.x - self.wide if self.anchor == "end" else self.x

    @property
    def wide(self) -> int:
        return round(width(self.words))


@dataclass(frozen=True)
class Level:
    """A line of the grid with its value."""

    y: int
    value: int


@dataclass(frozen=True)
class Bar:
    """What waits, standing on what was reached."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Course:
    """The whole picture; an empty path is not drawn."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    levels: list[Level]
    ticks: list[Tick]
    reached: str
    target: str
    middle: str
    band: str
    waiting: Bar | None
    now_x: int
    now_y: int
    labels: list[Label]
    wide: int
    """How wide the words at the right end are: what a finger may meet."""


def draw(reached: Sequence[Point], target: Sequence[Point], frame: Frame, *, waiting: int = 0,
         ahead: Range | None = None, first: datetime.date, today: datetime.date, last: datetime.date, words: Words,
         name: Name) -> Course:  # fmt: skip
    """The picture from `first` to `last`. `reached` and `target` are running totals in order of time, the first known
    until `today`; `waiting` stands hatched above it, `ahead` leads from it to the end.
    """
    total = reached[-1][1] if reached else 0
    highest = [value for _day, value in [*reached, *target]] + [total + waiting]
    highest += [ahead.high] if ahead else []
    bottom = frame.height - FOOT
    held = measure(map(Decimal, highest), bottom, TOP, whole=True, parts=6)
    levels = [Level(y, int(value)) for y, value in held.lines()]
    left = round(max(width(str(level.value)) for level in levels)) + GAP
    ends = [words.target, words.middle, words.range]
    wide = round(max(map(width, ends))) + 4 if any(ends) else GAP
    scale = Scale(first, last, left, frame.width - wide - GAP)
    x, y = scale.x(today), held.at(total)
    top = held.at(total + waiting)
    return Course(
        width=frame.width, height=frame.height, left=left, right=scale.right, top=TOP, bottom=bottom, levels=levels,
        ticks=_months(scale, frame.every, name), reached=_steps(reached, scale, held, x) if reached else "",
        target=_slope(target, scale, held), middle=_line(x, y, scale.right, held.at(ahead.middle)) if ahead else "",
        band=_band(x, y, scale.right, held, ahead) if ahead else "",
        waiting=_bar(x, y, top) if waiting else None, now_x=x, now_y=y,
        labels=[*_ends(words, target, ahead, held, scale.right), *_now(words, x, y, top, scale, bottom)],
        wide=wide,
    )  # fmt: skip


def _months(scale: Scale, every: int, name: Name) -> list[Tick]:
    """Each month's word stands in its middle, where it has room."""
    days = month_starts(scale.first, scale.last, every)
    return [Tick(scale.x(day + datetime.timedelta(days=14)), name(day, 1)) for day in days]


def _steps(points: Sequence[Point], scale: Scale, held: Measure, end: int) -> str:
    """A total holds from its day until the next one."""
    places: dict[int, int] = {scale.left: held.at(0)}
    places |= {scale.x(day): held.at(value) for day, value in points if scale.x(day) <= end}
    (x, y), *rest = places.items()
    parts = [f"M{x} {y}"]
    for to_x, to_y in rest:
        parts.append(f"H{to_x}V{to_y}" if to_y != y else f"H{to_x}")
        y = to_y
    return "".join([*parts, f"H{end}"])


def _slope(points: Sequence[Point], scale: Scale, held: Measure) -> str:
    return " ".join(f"{scale.x(day)},{held.at(value)}" for day, value in points) if len(points) > 1 else ""


def _line(x: int, y: int, to_x: int, to_y: int) -> str:
    return f"M{x} {y}L{to_x} {to_y}"


def _band(x: int, y: int, right: int, held: Measure, ahead: Range) -> str:
    return f"M{x} {y}L{right} {held.at(ahead.high)}V{held.at(ahead.low)}Z"


def _bar(x: int, y: int, top: int) -> Bar:
    return Bar(x - BAR // 2, top, BAR, max(1, y - top))


def _ends(
    words: Words, target: Sequence[Point], ahead: Range | None, held: Measure, right: int
) -> list[Label]:
    """The words at the right end, moved apart; the range stands below the middle that it belongs to."""
    found = [("target", words.target, held.at(target[-1][1]))] if target and words.target else []
    if ahead is not None:
        found += [("middle", words.middle, held.at(ahead.middle))]
        found += [("range", words.range, held.at(ahead.middle) + APART)]
    places = spread([y for _kind, _words, y in found], APART, TOP, held.start)
    return [
        Label(kind, right + GAP, y + 4, text)
        for (kind, text, _y), y in zip(found, places, strict=True)
        if text
    ]


def _now(words: Words, x: int, y: int, top: int, scale: Scale, floor: int) -> Iterable[Label]:
    """What was reached stands below its point; what waits, before its bar."""
    room = scale.right - x
    is_late = room < width(words.reached) + GAP
    at = (x - GAP, "end") if is_late else (x + GAP, "start")
    yield Label("reached", at[0], y + 18 if y + 18 < floor else y - 8, words.reached, at[1])
    if words.waiting:
        has_room = x - scale.left > width(words.waiting) + GAP
        place = (x - GAP, "end") if has_room else (x + GAP, "start")
        yield Label(
            "waiting", place[0], min(top + 4, y - 14) if has_room else top - 4, words.waiting, place[1]
        )
