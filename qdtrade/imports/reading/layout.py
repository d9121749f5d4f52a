"""Finding the table in a workbook: which sheet, which heading rows, which column means what."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from qdtrade.tables import Cell, Sheet, Workbook, letters

from .cells import clean
from .findings import Finding, Place, Unreadable
from .said import said as _

_SEARCHED = 60
"""Rows from the top in which headings are looked for."""
_WIDEST = 200
IGNORED = "ignored"
"""A column that is not read: one of ours from a workbook of results, or by a person's choice."""


@dataclass(frozen=True)
class Column:
    """A column of the table: where it stands, its heading, and the field it means ("" keeps it as it is).

    `key` names it for a person's choice: the heading, numbered where several have the same.
    """

    index: int
    heading: str
    field: str
    key: str = ""


@dataclass(frozen=True)
class Layout:
    """Where the table stands; rows are counted from 0, `last_heading` is the lowest heading row."""

    sheet: Sheet
    first_heading: int
    last_heading: int
    columns: list[Column]
    others: list[str] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    @cached_property
    def by_field(self) -> dict[str, Column]:
        """The first column of each field."""
        return {column.field: column for column in reversed(self.columns) if column.field}

    def column(self, name: str) -> Column | None:
        return self.by_field.get(name)

    def place(self, row: int, column: Column | None = None) -> Place:
        """The place of a row counted from 0, as people see it."""
        if column is None:
            return Place(self.sheet.name, row + 1)
        return Place(self.sheet.name, row + 1, column.index, column.heading)

    @property
    def titles(self) -> list[str]:
        """What stands above the headings, each text once."""
        cells = [
            cell for row in self.sheet.rows[: self.first_heading] for cell in row if isinstance(cell, str)
        ]
        return list(dict.fromkeys(text for text in map(str.strip, cells) if text and len(text) <= 200))

    @property
    def rank(self) -> tuple[int, int]:
        """More fields win; among equals the heading with fewer rows."""
        return len(
            [column for column in self.columns if column.field]
        ), self.first_heading - self.last_heading


def _kept_as_it_is(name: str, taken: set[str], columns: list[Column]) -> str:
    return ""


@dataclass(frozen=True)
class Wanted:
    """What a table is known by.

    `field_of` gives the field that a heading means, or ""; `suits` says of the fields of all columns whether they make
    such a table. `many` may stand in several columns; `again` says what another field means that is found once more.
    """

    field_of: Callable[[str], str]
    suits: Callable[[list[str]], bool]
    nothing: tuple[str, str]
    """The reason and the cure where no row looks like its headings; the reason names the `file`."""
    another: tuple[str, str]
    """What is said of a second sheet that looks like it."""
    many: frozenset[str] = frozenset()
    again: Callable[[str, set[str], list[Column]], str] = _kept_as_it_is


def find_table(book: Workbook, wanted: Wanted, chosen: Mapping[str, str] | None = None) -> Layout:
    """The sheet and the headings that look most like what is wanted. Raises Unreadable where none does.

    `chosen` says for a column, by its key, which field it means.
    """
    found = [layout for sheet in book.sheets if (layout := _in_sheet(sheet, wanted)) is not None]
    if not found:
        reason, cure = wanted.nothing
        raise Unreadable(_(reason) % {"file": book.name}, _(cure))
    best = max(found, key=lambda layout: (layout.rank[0], len(layout.sheet.rows)))
    others = [sheet.name for sheet in book.sheets if sheet is not best.sheet and any(sheet.rows)]
    reason, cure = (_(words) for words in wanted.another)
    notes = [Finding(one.place(one.first_heading), reason, cure) for one in found if one is not best]
    columns = _corrected(_with_keys(_with_names(best)), chosen or {}, wanted.many)
    return replace(best, columns=columns, others=others, notes=notes)


def _in_sheet(sheet: Sheet, wanted: Wanted) -> Layout | None:
    """The best heading row of a sheet, or pair of rows where the headings stand in two."""
    texts = _top(sheet)
    best: Layout | None = None
    for row in range(len(texts)):
        for last in (row, row + 1):
            if _goes_on(sheet, last) or (last > row and not _is_double(sheet, row, texts)):
                continue
            layout = Layout(sheet, _first_row(sheet, row), last, _columns(texts[row : last + 1], wanted))
            fields = [column.field for column in layout.columns if column.field]
            if wanted.suits(fields) and (best is None or layout.rank > best.rank):
                best = layout
    return best


def _top(sheet: Sheet) -> list[list[str]]:
    """The texts of the first rows, those of merged cells spread over all they cover."""
    rows = sheet.rows[:_SEARCHED]
    merged_to = [area.right + 1 for area in sheet.merged if area.top < len(rows)]
    width = min(max([len(row) for row in rows] + merged_to, default=0), _WIDEST)
    texts = [[_text(cell) for cell in row[:width]] + [""] * (width - len(row)) for row in rows]
    for area in sheet.merged:
        text = _text(sheet.cell(area.top, area.left))
        for row in range(area.top, min(area.bottom + 1, len(rows))):
            for column in range(area.left, min(area.right + 1, width)):
                texts[row][column] = text
    return texts


def _text(cell: Cell) -> str:
    """A cell that may be a heading; a long text is none."""
    return " ".join(clean(cell).split()) if isinstance(cell, str) and len(cell) <= 200 else ""


def _is_double(sheet: Sheet, first: int, texts: list[list[str]]) -> bool:
    """Whether the next row belongs to the headings: this one has cells merged into it or over it."""
    if first + 1 >= len(texts) or not any(texts[first + 1]):
        return False
    inside = [area for area in sheet.merged if area.top <= first <= area.bottom]
    return any(area.bottom == first + 1 or area.right > area.left for area in inside)


def _goes_on(sheet: Sheet, last: int) -> bool:
    """Whether a merged cell of this row reaches below it, so that the headings cannot end here."""
    return any(area.top <= last < area.bottom for area in sheet.merged)


def _first_row(sheet: Sheet, row: int) -> int:
    """The row where the headings begin that reach down into this row."""
    return min([area.top for area in sheet.merged if area.top <= row <= area.bottom], default=row)


def _columns(texts: list[list[str]], wanted: Wanted) -> list[Column]:
    """The columns by these heading rows; a field found twice keeps its first column."""
    columns: list[Column] = []
    taken: set[str] = set()
    for index, (heading, name) in enumerate(_named(texts, wanted)):
        if name in taken and name not in wanted.many | {IGNORED}:
            name = wanted.again(name, taken, columns)
        taken.add(name)
        columns.append(Column(index, heading, name))
    return columns


def _named(texts: list[list[str]], wanted: Wanted) -> Iterator[tuple[str, str]]:
    """Heading and field of each column: by both rows together, by the lower one, by the upper one."""
    for column in range(len(texts[0])):
        stack = list(dict.fromkeys(row[column] for row in texts if row[column]))
        candidates = ["".join(stack), stack[-1], stack[0]] if len(stack) > 1 else stack
        names = (wanted.field_of(candidate) for candidate in candidates)
        yield " ".join(stack), next((name for name in names if name), "")


def _with_names(layout: Layout) -> list[Column]:
    """The columns that hold something; those without a heading are called by their letters."""
    body = layout.sheet.rows[layout.last_heading + 1 :]
    filled = {index for row in body for index, cell in enumerate(row) if cell is not None}
    known = {column.index for column in layout.columns}
    columns = layout.columns + [Column(index, "", "") for index in sorted(filled - known)]
    headings_seen: set[str] = set()
    kept = []
    for column in columns:
        if column.field or column.index in filled or (column.heading and column.heading not in headings_seen):
            kept.append(column if column.heading else replace(column, heading=letters(column.index)))
        headings_seen.add(column.heading)
    return kept


def _with_keys(columns: list[Column]) -> list[Column]:
    seen: Counter[str] = Counter()
    keyed = []
    for column in columns:
        seen[column.heading] += 1
        number = f" ({seen[column.heading]})" if seen[column.heading] > 1 else ""
        keyed.append(replace(column, key=f"{column.heading}{number}"))
    return keyed


def _corrected(columns: list[Column], chosen: Mapping[str, str], many: frozenset[str]) -> list[Column]:
    """The columns as the person reads them; a field that was given to another column is taken from its own."""
    given = {chosen[column.key] for column in columns if chosen.get(column.key)} - many - {IGNORED}
    result = []
    for column in columns:
        if column.key in chosen:
            result.append(replace(column, field=chosen[column.key]))
        else:
            result.append(replace(column, field="") if column.field in given else column)
    return result


def filled_down(sheet: Sheet, first: int, width: int) -> list[list[Cell]]:
    """The rows from `first` on, as wide as the table, with the value of merged cells in every row they cover."""
    rows = [[*row[:width], *[None] * (width - len(row))] for row in sheet.rows[first:]]
    for area in sheet.merged:
        if area.bottom < first or area.left >= width:
            continue
        value = sheet.cell(area.top, area.left)
        for row in range(max(area.top, first), min(area.bottom + 1, len(sheet.rows))):
            rows[row - first][area.left] = value
    return rows
