"""A line of time, its ticks, and how much room words take."""

import datetime
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

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
