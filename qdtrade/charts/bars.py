"""Lying bars on one scale: of each group a whole, and in it what part of it came how far."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from .scale import fitted, width

THICK, GAP = 14, 8


@dataclass(frozen=True)
class Group:
    """A group: its name, what is written behind its bar, its whole, and parts that lie within one another."""

    name: str
    note: str
    whole: Decimal
    parts: Sequence[Decimal] = ()
    url: str = ""


@dataclass(frozen=True)
class Frame:
    """The room of one drawing. Where `names` is 0 each name stands above its bar."""

    width: int
    names: int
    row: int


ABOVE = 46
"""The row of a bar whose name stands above it."""

DESK = Frame(width=540, names=136, row=32)
PHONE = Frame(width=358, names=0, row=ABOVE)


@dataclass(frozen=True)
class Bar:
    """One group: where its words and its bars stand. `name` is cut to its room."""

    name: str
    full_name: str
    note: str
    row_y: int
    words_y: int
    x: int
    y: int
    width: int
    parts: list[int]
    note_x: int
    note_y: int
    url: str


@dataclass(frozen=True)
class Bars:
    """The whole picture."""

    width: int
    height: int
    left: int
    row: int
    thick: int
    bars: list[Bar]


def draw(groups: Sequence[Group], frame: Frame) -> Bars:
    """The bars, one below the other, as they were given; the longest takes all the room that the notes leave.

    Names stand beside their bars where each of them fits there whole, else all stand above.
    """
    if any(width(one.name) > frame.names - GAP for one in groups):
        frame = replace(frame, names=0, row=ABOVE)
    room = frame.width - frame.names - round(max((width(one.note) for one in groups), default=0)) - GAP
    most = max((one.whole for one in groups), default=Decimal(0))
    return Bars(
        width=frame.width,
        height=max(1, frame.row * len(groups)),
        left=frame.names,
        row=frame.row,
        thick=THICK,
        bars=[_bar(one, number, frame, most, room) for number, one in enumerate(groups)],
    )


def _bar(group: Group, number: int, frame: Frame, most: Decimal, room: int) -> Bar:
    top = frame.row * number
    above = frame.names == 0
    y = top + (frame.row - THICK - 6 if above else (frame.row - THICK) // 2)
    long = length(group.whole, most, room)
    return Bar(
        name=fitted(group.name, frame.width - 4 if above else frame.names - GAP),
        full_name=group.name,
        note=group.note,
        row_y=top,
        words_y=top + 16 if above else y + THICK - 3,
        x=frame.names,
        y=y,
        width=long,
        parts=[min(long, length(part, most, room)) for part in group.parts],
        note_x=frame.names + long + GAP,
        note_y=y + THICK - 3,
        url=group.url,
    )


def length(part: Decimal | int, whole: Decimal | int, room: int) -> int:
    """How long a bar is of which the whole fills the room; what is more than nothing can be seen."""
    if whole <= 0 or part <= 0:
        return 0
    return max(1, min(room, round(Decimal(room) * Decimal(part) / Decimal(whole))))
