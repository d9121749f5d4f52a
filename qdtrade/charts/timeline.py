"""The roadmap picture of one task: a row per milestone with its baseline, plan, forecast and actual day."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from .scale import Name, Scale, Tick, fitted, width


@dataclass(frozen=True)
class Step:
    """A milestone as the picture needs it; `note` says in words how it stands."""

    name: str
    note: str
    plan_on: datetime.date
    baseline_on: datetime.date | None = None
    forecast_on: datetime.date | None = None
    actual_on: datetime.date | None = None
    claimed_on: datetime.date | None = None
    is_owed: bool = True
    """Whether its clock runs: what is waived or at rest is never late."""


@dataclass(frozen=True)
class Frame:
    """The room of one drawing. Where `names` is 0 each name stands above its own line."""

    width: int
    names: int
    row: int
    apart: int


DESK = Frame(width=856, names=190, row=46, apart=72)
PHONE = Frame(width=358, names=0, row=46, apart=72)
HEAD = 28
FOOT = 26


@dataclass(frozen=True)
class Row:
    """One milestone's line: where its words and marks stand; None for a mark it does not have."""

    name: str
    note: str
    note_x: int
    words_y: int
    line_y: int
    y: int
    baseline: int | None
    plan: int | None
    forecast: int | None
    actual: int | None
    claimed: int | None
    late_from: int | None
    late_to: int | None
    is_overdue: bool


@dataclass(frozen=True)
class Timeline:
    """The whole picture."""

    width: int
    height: int
    left: int
    foot: int
    ticks: list[Tick]
    rows: list[Row]
    today: int | None
    flag: int
    flag_width: int
    flag_words: str


def draw(
    steps: Sequence[Step],
    frame: Frame,
    *,
    first: datetime.date,
    last: datetime.date,
    today: datetime.date,
    name: Name,
    flag: str,
) -> Timeline:
    """The picture from `first` to `last`, widened to hold every day that it shows."""
    days = [day for step in steps for day in _days(step)]
    first, last = min([first, *days]), max([last, *days])
    scale = Scale(first, last, frame.names + 14, frame.width - 14)
    foot = HEAD + frame.row * len(steps)
    flag_width = round(width(flag)) + 12
    shown = first <= today <= last
    at = scale.x(today)
    return Timeline(
        width=frame.width,
        height=foot + FOOT,
        left=frame.names,
        foot=foot,
        ticks=scale.ticks(frame.apart, name),
        rows=[_row(step, number, scale, frame, today) for number, step in enumerate(steps)],
        today=at if shown else None,
        flag=max(0, min(frame.width - flag_width, at - flag_width // 2)),
        flag_width=flag_width,
        flag_words=flag,
    )


def _days(step: Step) -> list[datetime.date]:
    days = (step.plan_on, step.baseline_on, step.forecast_on, step.actual_on, step.claimed_on)
    return [day for day in days if day is not None]


def _row(step: Step, number: int, scale: Scale, frame: Frame, today: datetime.date) -> Row:
    top = HEAD + frame.row * number
    above = frame.names == 0
    late = _late(step, today)
    name = fitted(step.name, (frame.width * 6 // 10 if above else frame.names - 8))
    done = step.actual_on is not None
    return Row(
        name=name,
        note=fitted(step.note, frame.width - round(width(name)) - 12 if above else frame.names - 8),
        note_x=round(width(name)) + 10 if above else 12,
        words_y=top + (15 if above else 20),
        line_y=top + frame.row,
        y=top + (31 if above else 23),
        baseline=scale.x(step.baseline_on) if step.baseline_on else None,
        plan=None if done else scale.x(step.plan_on),
        forecast=scale.x(step.forecast_on)
        if step.forecast_on and not done and step.forecast_on != step.plan_on
        else None,
        actual=scale.x(step.actual_on) if step.actual_on else None,
        claimed=scale.x(step.claimed_on) if step.claimed_on and not done else None,
        late_from=scale.x(step.plan_on) if late else None,
        late_to=scale.x(late) if late else None,
        is_overdue=step.is_owed and not done and step.claimed_on is None and step.plan_on < today,
    )


def _late(step: Step, today: datetime.date) -> datetime.date | None:
    """Up to which day the red line runs from the plan: the day it was done or claimed, or today."""
    if step.actual_on is not None or not step.is_owed:
        return None
    until = step.claimed_on or today
    return until if until > step.plan_on else None
