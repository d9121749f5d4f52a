"""Reading a table in which each row is one thing and each column one field, as our own exports write it."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import IO, Any

from django.utils import translation

from qdtrade.audit.canonical import digest, dumps
from qdtrade.errors import Words
from qdtrade.tables import Caution, Cell, Workbook

from . import cells, dates, summary
from .findings import Finding, Unreadable
from .layout import IGNORED, Column, Layout, Wanted, filled_down, find_table
from .plan import Change, Outcome, Planned
from .result_book import REMARK, RESULT, result_book
from .said import said as _

LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True)
class Field:
    """A column: what it is called on pages and in exports, what else it may be called, and how a cell is read."""

    name: str
    words: Words
    synonyms: str
    read: Callable[[Cell], Any]
    is_needed: bool = False


@dataclass(frozen=True)
class Table:
    """What a file of one kind looks like. `keys` are the columns without which it is none."""

    fields: Sequence[Field]
    keys: frozenset[str]
    nothing: tuple[str, str]
    another: tuple[str, str]

    @cached_property
    def columns(self) -> dict[str, Words]:
        """What a column may be read as."""
        return {one.name: one.words for one in self.fields}

    @cached_property
    def names(self) -> dict[str, str]:
        """Every heading that is understood, by both languages' words and the others."""
        found = {plain(RESULT): IGNORED, plain(REMARK): IGNORED}
        for one in self.fields:
            found |= {plain(word): one.name for word in one.synonyms.split()}
            for language in LANGUAGES:
                with translation.override(language):
                    found[plain(str(one.words))] = one.name
        return found

    def find(self, book: Workbook, chosen: Mapping[str, str]) -> Layout:
        """Where the table stands; raises Unreadable where there is none."""
        wanted = Wanted(
            field_of=lambda heading: self.names.get(plain(heading), ""),
            suits=lambda fields: self.keys <= {*fields},
            nothing=self.nothing,
            another=self.another,
        )
        return find_table(book, wanted, chosen)


def plain(heading: str) -> str:
    """A heading without blanks, marks, remarks in brackets or case."""
    text = re.sub(r"\([^)]*\)", "", unicodedata.normalize("NFKC", heading).lower())
    return re.sub(r"[\s:*·_./、,\-]+", "", text)


@dataclass
class Row:
    """A row as the file has it: `values` holds the fields whose columns are there. `number` counts from 0."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    refusals: list[Finding] = field(default_factory=list)


@dataclass(kw_only=True)
class FlatRow(Planned):
    """A row and what would become of it; `entry` is what would be written, `cells` are shown of a new one."""

    title: str
    pk: int | None = None
    cells: Sequence[str] = ()
    entry: Any = None


@dataclass
class Sheet:
    """A table that was read, and the plan that grows from it."""

    table: Table
    layout: Layout
    rows: list[Row] = field(default_factory=list)
    empty: int = 0
    problems: list[Finding] = field(default_factory=list)
    cautions: Sequence[Caution] = ()
    planned: list[FlatRow] = field(default_factory=list)
    not_in_file: int = 0

    def has(self, name: str) -> bool:
        """Whether the file has this column at all: without it, a field stays as it is."""
        return self.layout.column(name) is not None

    def refuse(self, row: Row, name: str, reason: str, cure: str, understood: str = "") -> None:
        """Refuse a row because of one of its fields."""
        column = self.layout.column(name)
        found = cells.as_shown(self.layout.sheet.cell(row.number, column.index)) if column else ""
        row.refusals.append(Finding(self.layout.place(row.number, column), reason, cure, found, understood))

    def change(self, name: str, old: str, new: str, effect: str = "") -> Change:
        """A field that the file has otherwise, under the heading it has there."""
        column = self.layout.column(name)
        return Change(name, column.heading if column else "", old, new, effect)

    def add(self, row: Row, *, code: str, title: str, pk: int | None, cells: Sequence[str],
            changes: Sequence[Change], entry: Any) -> None:  # fmt: skip
        """What would become of a row: refused, new where it has no `pk`, changed, or as it is."""
        outcome = Outcome.NEW if pk is None else Outcome.CHANGED if changes else Outcome.UNCHANGED
        is_refused = bool(row.refusals)
        self.planned.append(
            FlatRow(
                place=self.layout.place(row.number),
                code=code,
                title=title,
                pk=pk,
                cells=cells,
                outcome=Outcome.REFUSED if is_refused else outcome,
                changes=list(changes),
                refusals=row.refusals,
                entry=None if is_refused else entry,
            )
        )

    @property
    def is_refused(self) -> bool:
        """Whether anything stands against writing the file."""
        return bool(self.problems) or any(row.outcome == Outcome.REFUSED for row in self.planned)

    def entries(self) -> list[Any]:
        """What would be written, in the order of the file."""
        writing = (Outcome.NEW, Outcome.CHANGED)
        return [row.entry for row in self.planned if row.outcome in writing and row.entry is not None]

    def counts(self) -> dict[str, int]:
        return summary.counts_of(self.planned, self.problems)

    def summary(self) -> dict[str, Any]:
        """What the page shows of the dry run; long lists are cut."""
        file = summary.file_of(self.layout, [row.number + 1 for row in self.rows])
        return summary.of_rows(self.planned, self.problems, self.cautions, _about) | {
            "file": file | {"empty": self.empty, "footers": 0, "sections": 0, "dates": []},
            "columns": summary.columns_of(self.layout, self.planned),
            "notes": [],
            "not_in_file": self.not_in_file,
        }

    def digest(self) -> str:
        """Stands for everything that would be written, as the person sees it."""
        told = [
            [row.code, row.title, row.outcome.value, list(row.cells)]
            + [[one.field, one.old, one.new] for one in row.changes]
            for row in self.planned
        ]
        return digest(dumps([told, [repr(entry) for entry in self.entries()]]))

    def workbook(self) -> IO[bytes]:
        return result_book(self.layout, self.planned, self.problems, {})


def _about(row: FlatRow) -> dict[str, Any]:
    return {"code": row.code, "title": row.title, "pk": row.pk, "cells": [str(one) for one in row.cells]}


def read_sheet(book: Workbook, table: Table, chosen: Mapping[str, str]) -> Sheet:
    """Every row of the table in a workbook, with what cannot be read named by place. Raises Unreadable."""
    layout = table.find(book, chosen)
    sheet = Sheet(table, layout, problems=list(layout.notes), cautions=book.cautions)
    first = layout.last_heading + 1
    width = max((column.index for column in layout.columns), default=0) + 1
    for number, values in enumerate(filled_down(layout.sheet, first, width), first):
        if all(cell is None or cell == "" for cell in values):
            sheet.empty += 1
        else:
            sheet.rows.append(_read_row(sheet, number, values))
    if not sheet.rows:
        place = layout.place(layout.last_heading)
        sheet.problems.append(Finding(place, _("No row stands below the headings."), _("Fill in the file.")))
    return sheet


def _read_row(sheet: Sheet, number: int, values: list[Cell]) -> Row:
    row = Row(number)
    for one in sheet.table.fields:
        column = sheet.layout.column(one.name)
        if column is None:
            continue
        row.values[one.name] = _read_cell(sheet, row, one, column, values[column.index])
    return row


def _read_cell(sheet: Sheet, row: Row, one: Field, column: Column, cell: Cell) -> Any:
    try:
        value = one.read(cell)
        if one.is_needed and value in ("", None):
            raise Unreadable(
                _("“%(heading)s” is empty.") % {"heading": column.heading}, _("Please fill it in.")
            )
    except Unreadable as fault:
        sheet.refuse(row, one.name, fault.reason, fault.cure, fault.understood)
        return None
    return value


# How cells are read ---------------------------------------------------------------------------------------------------


def text(most: int) -> Callable[[Cell], str]:
    """One line of at most so many characters; a dash or 无 is nothing."""

    def read(cell: Cell) -> str:
        found = cells.limited(cells.one_line(cells.text_of(cell)), most)
        return "" if found in {"-", "—", "——", "无"} else found

    return read


def number(cell: Cell) -> int | None:
    """A whole number from 0 on; None for an empty cell."""
    found = cells.text_of(cell).removesuffix(".0")
    if not found:
        return None
    if not (found.isdecimal() and int(found) <= 100_000):
        raise Unreadable(
            _("This is no whole number from 0 to 100000."), _("Write a number, or leave it empty.")
        )
    return int(found)


def day(cell: Cell) -> Any:
    """One day; None for an empty cell."""
    span = dates.read_span(cell)
    if span is None:
        return None
    if span.first != span.last:
        raise Unreadable(_("This is more than one day."), _("Write the day, as in 2021-06-30."))
    return span.first


def choice(labels: Mapping[str, Words], synonyms: Mapping[str, str]) -> Callable[[Cell], str]:
    """One of these, by its stored code, its word in either language, or another word for it; "" for an empty cell."""

    def read(cell: Cell) -> str:
        found = plain(cells.text_of(cell))
        if not found:
            return ""
        for code, words in labels.items():
            if found in {plain(code), *_in_every_language(words)} or synonyms.get(found) == code:
                return code
        raise Unreadable(
            _("There is no “%(text)s” here.") % {"text": cells.as_shown(cell)},
            _("Write one of: %(words)s.") % {"words": "、".join(str(words) for words in labels.values())},
        )

    return read


def _in_every_language(words: Words) -> set[str]:
    found = set()
    for language in LANGUAGES:
        with translation.override(language):
            found.add(plain(str(words)))
    return found
