"""A share over the last few periods: a short line with its values, on an axis that may be cut and then says so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .scale import Tick

TOP, FOOT, LEFT, RIGHT = 18, 24, 30, 16
STEP = 10


@dataclass(frozen=True)
class Dot:
    """One value with its words."""

    x: int
    y: int
    words_y: int
    value: Decimal


@dataclass(frozen=True)
class Level:
    """A line of the grid with its percent."""

    y: int
    value: int


@dataclass(frozen=True)
class Trend:
    """The whole picture; `low` is where its axis begins."""

    width: int
    height: int
    left: int
    right: int
    low: int
    levels: list[Level]
    ticks: list[Tick]
    lines: list[str]
    """One for each run of values without a gap."""
    dots: list[Dot]


def draw(values: Sequence[tuple[str, Decimal | None]], *, width: int, height: int) -> Trend:
    """Values in percent, each under its word; what is not known leaves a gap."""
    known = [value for _words, value in values if value is not None]
    low = max(0, int(min(known) // STEP) * STEP - STEP) if known else 0
    bottom, right = height - FOOT, width - RIGHT
    apart = (right - LEFT - 2 * RIGHT) / max(1, len(values) - 1)
    places = [round(LEFT + RIGHT + apart * number) for number in range(len(values))]
    if len(values) == 1:
        places = [(LEFT + right) // 2]

    def at(value: Decimal | int) -> int:
        return round(bottom - (bottom - TOP) * float(value - low) / (100 - low))

    dots = [
        Dot(x, at(value), _words_at(at(value), bottom), value)
        for x, (_words, value) in zip(places, values, strict=True)
        if value is not None
    ]
    middle = (low + 100) // 2
    return Trend(
        width=width,
        height=height,
        left=LEFT,
        right=right,
        low=low,
        levels=[Level(at(value), value) for value in (100, middle, low)],
        ticks=[Tick(x, words) for x, (words, _value) in zip(places, values, strict=True)],
        lines=_runs(places, [value for _words, value in values], at),
        dots=dots,
    )


def _words_at(y: int, bottom: int) -> int:
    """Below the point, or above it where the axis is near."""
    return y + 18 if y + 20 < bottom else y - 8


def _runs(places: Sequence[int], values: Sequence[Decimal | None], at: Callable[[Decimal], int]) -> list[str]:
    runs: list[list[str]] = [[]]
    for x, value in zip(places, values, strict=True):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(f"{x},{at(value)}")
    return [" ".join(run) for run in runs if len(run) > 1]
