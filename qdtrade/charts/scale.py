"""A line of time, an axis of values, their ticks, and how much room words take."""

import datetime
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

Name = Callable[[datetime.date, int], str]
"""What is written at a tick: its day, and how many months the ticks stand apart."""

STEPS = (1, 3, 6, 12, 24)
"""Months from tick to tick."""


@dataclass(frozen=True)
class Tick:
    """A vertical line with its word."""

    x: int
    label: str


@dataclass(frozen=True)
class Scale:
    """The days from `first` to `last` on the x coordinates from `left` to `right`."""

    first: datetime.date
    last: datetime.date
    left: int
    right: int

    def x(self, day: datetime.date) -> int:
        """Where a day stands; days outside stand at the end they are beyond."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(self.left + (self.right - self.left) * max(0.0, min(1.0, share)))

    def ticks(self, apart: int, name: Name) -> list[Tick]:
        """Ticks at the first day of months, at least `apart` units from each other."""
        for step in STEPS:
            days = month_starts(self.first, self.last, step)
            if len(days) < 2 or (self.right - self.left) / len(days) >= apart:
                break
        return [Tick(self.x(day), name(day, step)) for day in days]


def month_starts(first: datetime.date, last: datetime.date, step: int) -> list[datetime.date]:
    """The first days of every `step`-th month, counted from January, from first to last."""
    found = []
    month = first.year * 12 + first.month - 1
    month += (first.day > 1) + -(month + (first.day > 1)) % step
    while (day := datetime.date(month // 12, month % 12 + 1, 1)) <= last:
        found.append(day)
        month += step
    return found


def fitted(text: str, room: int, size: int = 12) -> str:
    """The text, or as much of it as fits into the room with an ellipsis."""
    if width(text, size) <= room:
        return text
    while text and width(text, size) + size > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def width(text: str, size: int = 12) -> float:
    """About how wide a text of this size is: a Chinese character is square, a Latin letter a little over half."""
    return sum(size if unicodedata.east_asian_width(c) in "WF" else size * 0.58 for c in text)


ROUND = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
"""The figures that people count in; the others on an axis are these with zeros."""


@dataclass(frozen=True)
class Measure:
    """The values from `low` to `top`, both on a line of the grid, on the coordinates from `start` to `end`."""

    low: Decimal
    top: Decimal
    step: Decimal
    start: int
    end: int

    def at(self, value: Decimal | int) -> int:
        """Where a value stands; values outside stand at the end they are beyond."""
        share = (Decimal(value) - self.low) / (self.top - self.low)
        return round(self.start + (self.end - self.start) * max(Decimal(0), min(Decimal(1), share)))

    def lines(self) -> list[tuple[int, Decimal]]:
        """Each line of the grid: where it stands, and its value."""
        count = int((self.top - self.low) / self.step)
        values = [self.low + self.step * number for number in range(count + 1)]
        return [(self.at(value), value) for value in values]


def measure(
    values: Iterable[Decimal | int], start: int, end: int, *, whole: bool = False, parts: int = 4
) -> Measure:
    """A scale of round steps, about `parts` of them, that holds zero and all these values; whole ones for counts."""
    held = [Decimal(0), *map(Decimal, values)]
    step = round_step((max(held) - min(held)) / parts, Decimal(1) if whole else None)
    low = (min(held) / step).to_integral_value(ROUND_FLOOR) * step
    top = (max(held) / step).to_integral_value(ROUND_CEILING) * step
    return Measure(low, top if top > low else low + step, step, start, end)


def round_step(least: Decimal, smallest: Decimal | None = None) -> Decimal:
    """The smallest round figure that is not less than this; 1 where that is nothing."""
    if least <= 0:
        return smallest or Decimal(1)
    unit = Decimal(1).scaleb(least.adjusted())
    step = next(unit * figure for figure in ROUND if unit * figure >= least)
    return max(step, smallest) if smallest is not None else step


def spread(places: Sequence[int], apart: int, low: int, high: int) -> list[int]:
    """The places moved as little as needed so that words there do not cover each other, in their order, in the room.

    Where the room holds fewer than there are, they stand as far apart as it lets them.
    """
    apart = min(apart, (high - low) // max(1, len(places) - 1)) if len(places) > 1 else apart
    order = sorted(range(len(places)), key=lambda number: places[number])
    found: dict[int, int] = {}
    floor = low
    for number in order:
        found[number] = floor = max(floor, places[number])
        floor += apart
    ceiling = high
    for number in reversed(order):
        found[number] = ceiling = min(ceiling, found[number])
        ceiling -= apart
    return [found[number] for number in range(len(places))]
