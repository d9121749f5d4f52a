"""Progress against plan: what approved reports said, beside the share of time that has passed."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .scale import Scale

WIDTH, HEIGHT = 300, 128
TOP, BOTTOM, LEFT, RIGHT = 14, 104, 26, 260


@dataclass(frozen=True)
class Curve:
    """Two lines with the words at their ends, and the horizontal grid (y, percent)."""

    width: int
    height: int
    left: int
    right: int
    bottom: int
    grid: list[tuple[int, int]]
    actual: str
    plan: str
    end_x: int
    actual_y: int
    plan_y: int
    actual_label: int
    plan_label: int


def draw(
    readings: Sequence[tuple[datetime.date, Decimal]],
    *,
    starts_on: datetime.date,
    today: datetime.date,
    planned: int,
) -> Curve:
    """The lines from the start to today; `readings` in order of time, `planned` the plan's percent today."""
    scale = Scale(starts_on, max(today, starts_on + datetime.timedelta(days=1)), LEFT, RIGHT)
    points = [(scale.x(starts_on), _y(0)), *((scale.x(day), _y(value)) for day, value in readings)]
    actual_y, plan_y = points[-1][1], _y(planned)
    if points[-1][0] < scale.right and readings:
        points.append((scale.right, actual_y))
    actual_label, plan_label = _apart(actual_y, plan_y)
    return Curve(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=RIGHT,
        bottom=BOTTOM,
        grid=[(_y(percent), percent) for percent in (100, 50, 0)],
        actual=" ".join(f"{x},{y}" for x, y in points) if readings else "",
        plan=f"{LEFT},{_y(0)} {scale.right},{plan_y}",
        end_x=scale.right + 5,
        actual_y=actual_y,
        plan_y=plan_y,
        actual_label=actual_label + 4,
        plan_label=plan_label + 4,
    )


def _y(percent: Decimal | int) -> int:
    return round(BOTTOM - (BOTTOM - TOP) * float(percent) / 100)


def _apart(actual: int, plan: int) -> tuple[int, int]:
    """Where the two words stand so that they do not cover each other."""
    if abs(actual - plan) >= 14:
        return actual, plan
    middle = (actual + plan) // 2
    return (middle + 7, middle - 7) if actual >= plan else (middle - 7, middle + 7)
