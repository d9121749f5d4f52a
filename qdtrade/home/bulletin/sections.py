"""The figures of a period in the order of a bulletin: progress, breakthroughs, lights, reporting, slippage, signings,
indicators. What a set has no figures for is left out.
"""

from dataclasses import dataclass, field

from qdtrade.documents.paper import numbered
from qdtrade.errors import Words
from qdtrade.programmes import figure_words, freezing
from qdtrade.programmes.freezing import SETS, Figures, Quoted
from qdtrade.programmes.models import Period

from .kinds import KINDS, Kind
from .quoting import Shown, shown


@dataclass(frozen=True)
class Row:
    """A bureau or a field with its figures, each with the column that it stands in."""

    name: str
    labelled: list[tuple[str, Shown | None]]

    @property
    def cells(self) -> list[Shown | None]:
        return [cell for _column, cell in self.labelled]


@dataclass(frozen=True)
class Grid:
    """Figures broken down: a line for each bureau or field."""

    heading: Words
    columns: list[str]
    rows: list[Row]


@dataclass(frozen=True)
class Block:
    """The figures of one set: those of the whole as lines, and its break-downs."""

    label: Words
    number: int
    lines: list[Shown]
    grids: list[Grid] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """With its number, as on the paper."""
        return numbered(2, self.number, str(self.label))


@dataclass(frozen=True)
class Section:
    """A part of the bulletin under its heading."""

    name: str
    title: str
    number: int
    sentence: str
    blocks: list[Block]

    @property
    def heading(self) -> str:
        """With its number, as on the paper."""
        return numbered(1, self.number, self.title)

    @property
    def is_alone(self) -> bool:
        """Whether it has one block, which needs no heading of its own."""
        return len(self.blocks) == 1


def sections(period: Period) -> list[Section]:
    """The bulletin of a period, numbered without gaps: as kept where it is frozen, else as it is now."""
    figures, is_kept = freezing.quoted(period), freezing.are_kept(period)
    found: list[Section] = []
    for kind in KINDS:
        counted = [name for name in kind.sets if figures.get(name)]
        blocks = [
            _block(name, number, figures[name], kind, is_kept) for number, name in enumerate(counted, 1)
        ]
        if blocks:
            found.append(Section(kind.name, str(kind.heading), len(found) + 1, _said(kind, figures), blocks))
    return found


def _said(kind: Kind, figures: Figures) -> str:
    """The sentence of a section; its main set has to be there."""
    if not figures.get(kind.sets[0]):
        return ""
    rows = (one.figure for name in kind.says_of or kind.sets for one in figures.get(name, ()))
    whole = [row for row in rows if not row.by]
    return kind.says({row.part: figure_words.value(row) for row in whole})


def _block(name: str, number: int, quoted: list[Quoted], kind: Kind, is_kept: bool) -> Block:
    lines = [shown(one, is_kept=is_kept) for one in quoted if one.figure.by not in SETS_BROKEN_DOWN]
    grids = [_grid(by, heading, quoted, is_kept) for by, heading in kind.grids.items()]
    return Block(
        SETS[name].label if name in SETS else name, number, lines, [grid for grid in grids if grid.rows]
    )


SETS_BROKEN_DOWN = ("bureau", "field", "sector")
"""What figures are broken down by; others (a rate) are lines like those of the whole."""


def _grid(by: str, heading: Words, quoted: list[Quoted], is_kept: bool) -> Grid:
    """A column for each part that is not nothing everywhere."""
    rows: dict[str, tuple[str, dict[str, Shown]]] = {}
    for one in quoted:
        if one.figure.by == by:
            found = rows.setdefault(one.figure.key, (one.figure.label, {}))[1]
            found[one.figure.part] = shown(one, is_kept=is_kept)
    every = [(part, cell) for _label, cells in rows.values() for part, cell in cells.items()]
    used = {part for part, cell in every if cell.value != "0" or cell.befores}
    columns = {part: cell.label for part, cell in every if part in used}
    lines = [
        Row(label, [(column, cells.get(part)) for part, column in columns.items()])
        for label, cells in rows.values()
    ]
    return Grid(heading, list(columns.values()), lines)
