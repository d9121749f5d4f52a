"""What was found in a spreadsheet: sheets, rows of cells, merged areas."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from .bad_file import Caution

Cell = str | int | float | Decimal | bool | datetime.datetime | datetime.date | None


class Area(NamedTuple):
    """Cells merged into one, both corners included, counted from 0; its value stands in the first corner."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet as found; `rows[r][c]` is counted from 0 at A1, and rows end at their last filled cell."""

    name: str
    rows: list[list[Cell]]
    merged: tuple[Area, ...] = ()

    def cell(self, row: int, column: int) -> Cell:
        """The value in a place, None where nothing stands."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return None
        return self.rows[row][column]


@dataclass(frozen=True)
class Workbook:
    """A whole file; cautions are what a person should know before trusting it."""

    name: str
    sheets: list[Sheet]
    cautions: list[Caution] = field(default_factory=list)


def letters(column: int) -> str:
    """The name a spreadsheet gives a column counted from 0: A, Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def place(row: int, column: int) -> str:
    """The name a spreadsheet gives a cell counted from 0: E88."""
    return f"{letters(column)}{row + 1}"
