"""One lying bar cut into its parts, which fill it whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """One part: where it begins and how long it is."""

    x: int
    width: int


def draw(parts: Sequence[int], room: int) -> list[Piece]:
    """The parts in their order; together they fill the room, and what is more than nothing can be seen."""
    whole = sum(parts)
    return list(_pieces(parts, whole, room)) if whole else [Piece(0, 0) for _part in parts]


def _pieces(parts: Sequence[int], whole: int, room: int) -> Iterator[Piece]:
    """Each edge is rounded from the unrounded sum before it, so that no error adds up."""
    before = 0
    for part in parts:
        start, end = round(room * before / whole), round(room * (before + part) / whole)
        yield Piece(start, max(end - start, 1) if part else 0)
        before += part
