"""Steps in columns of a table, and below it the line of time on which each has its true place, led to by a line."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from .scale import Name, Scale, Tick, width

LABELS, AXIS, FOOT = 96, 62, 48
"""Room for the heading of the rows, and from the table down to the line of time and on to its words."""
FIRST, APART = 10, 8
"""The uppermost level of the leading lines, and how far the levels lie apart."""


@dataclass(frozen=True)
class Step:
    """One column: the day that it was planned for, the day that counts now, and how sure that is."""

    plan_on: datetime.date | None
    day: datetime.date | None
    kind: str
    """done, claimed, due or late: how its mark is drawn."""
    late_until: datetime.date | None = None


@dataclass(frozen=True)
class Mark:
    """Where a step stands on the line, and the line that leads there from its column."""

    x: int
    kind: str
    leader: str
    plan: int | None
    late_from: int | None
    late_to: int | None


@dataclass(frozen=True)
class Leaders:
    """The whole picture."""

    width: int
    height: int
    axis: int
    left: int
    right: int
    ticks: list[Tick]
    marks: list[Mark]
    done_to: int | None
    sure_to: int
    today: int | None
    flag: int
    flag_width: int
    flag_words: str


def draw(
    steps: Sequence[Step], *, wide: int, today: datetime.date, name: Name, flag: str, apart: int = 84
) -> Leaders | None:
    """The picture in a room of this width; None where no step has a day."""
    days = [day for step in steps for day in (step.plan_on, step.day, step.late_until) if day is not None]
    if not days:
        return None
    first, last = min(days), max([*days, min(days) + datetime.timedelta(days=90)])
    scale = Scale(first, last, 14, wide - 14)
    at, flag_width = scale.x(today), round(width(flag)) + 12
    marks = _marks(steps, scale, wide)
    done = [mark.x for mark in marks if mark.kind == "done"]
    sure = [mark.x for mark in marks if mark.kind in {"done", "claimed"}]
    return Leaders(
        width=wide,
        height=AXIS + FOOT,
        axis=AXIS,
        left=scale.left,
        right=scale.right,
        ticks=scale.ticks(apart, name),
        marks=marks,
        done_to=max(done) if done else None,
        sure_to=max(sure) if sure else scale.left,
        today=at if first <= today <= last else None,
        flag=max(0, min(wide - flag_width, at - flag_width // 2)),
        flag_width=flag_width,
        flag_words=flag,
    )


def _marks(steps: Sequence[Step], scale: Scale, wide: int) -> list[Mark]:
    column = (wide - LABELS) / max(1, len(steps))
    places = [
        (step, round(LABELS + column * place + 12), scale.x(step.day))
        for place, step in enumerate(steps)
        if step.day is not None
    ]
    levels = _levels([(start, end) for _step, start, end in places])
    return [
        Mark(
            x=end,
            kind=step.kind,
            leader=f"M{start} 0V{level}H{end}V{AXIS - 8}",
            plan=scale.x(step.plan_on) if step.plan_on and step.plan_on != step.day else None,
            late_from=scale.x(step.plan_on) if step.plan_on and step.late_until else None,
            late_to=scale.x(step.late_until) if step.plan_on and step.late_until else None,
        )
        for (step, start, end), level in zip(places, levels, strict=True)
    ]


def _levels(lines: Sequence[tuple[int, int]]) -> list[int]:
    """A level for each leading line, so that none crosses another: those to the left lie deeper one after the other,
    those to the right less deep.
    """
    to_left = [place for place, (start, end) in enumerate(lines) if end < start]
    to_right = [place for place, (start, end) in enumerate(lines) if end >= start]
    depth = {place: number for number, place in enumerate(to_left)}
    depth |= {place: number for number, place in enumerate(reversed(to_right))}
    return [FIRST + APART * min(depth[place], 4) for place in range(len(lines))]
