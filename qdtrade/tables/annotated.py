"""A sheet as it was found, with remarks beside its cells."""

import contextlib
import datetime
import re
import tempfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.worksheet import Worksheet

from .workbook import Cell, Sheet

_LONGEST_TEXT = 32_767
_LONGEST_REMARK = 1_000
_WIDTHS = (12, 70)
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_annotated(
    sheet: Sheet, *, remarks: Mapping[tuple[int, int], str], beside: Mapping[int, Sequence[str]], first: int,
    without: frozenset[int] = frozenset(),
) -> IO[bytes]:  # fmt: skip
    """A temporary .xlsx file, open at its beginning: the sheet's cells, marked where there is a remark on them.

    `remarks` are by row and column, `beside` holds the cells to be added to a row from column `first` on, and the
    columns `without` are left out. Every cell keeps its type; merged cells stay merged.
    """
    file = tempfile.TemporaryFile(prefix="table-", suffix=".xlsx")  # noqa: SIM115 - the caller closes it
    book = xlsxwriter.Workbook(file, _OPTIONS | {"constant_memory": not sheet.merged})
    page = book.add_worksheet(_sheet_name(sheet.name))
    styles = _Styles(book)
    for column, width in enumerate(_WIDTHS, first):
        page.set_column(column, column, width)
    marked: dict[int, set[int]] = {}
    for row, column in remarks:
        marked.setdefault(row, set()).add(column)
    for number in range(max([len(sheet.rows), *(row + 1 for row in (*beside, *marked))])):
        here = marked.get(number, set())
        filled = len(sheet.rows[number]) if number < len(sheet.rows) else 0
        for column in range(max([filled, *(column + 1 for column in here)])):
            if column not in without:
                cell = sheet.cell(number, column)
                _write(page, number, column, cell, styles.of(cell, marked=column in here))
        for column, text in enumerate(beside.get(number, ()), first):
            page.write_string(number, column, text[:_LONGEST_TEXT], styles.remark)
    for (number, column), remark in remarks.items():
        page.write_comment(number, column, remark[:_LONGEST_REMARK], {"x_scale": 2, "y_scale": 1.5})
    _merge(page, sheet, styles)
    book.close()
    file.seek(0)
    return file


class _Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        mark = {"bold": True, "bg_color": "#FBE9E7", "border": 2, "border_color": "#C2281D"}
        plain = {"text_wrap": True, "valign": "top"}
        kinds = {
            "": {},
            "date": {"num_format": "yyyy-mm-dd"},
            "moment": {"num_format": "yyyy-mm-dd hh:mm:ss"},
        }
        self._plain = {kind: book.add_format(plain | one) for kind, one in kinds.items()}
        self._marked = {kind: book.add_format(plain | one | mark) for kind, one in kinds.items()}
        self.remark = book.add_format(plain | {"left": 1})

    def of(self, cell: Cell, *, marked: bool) -> Any:
        kind = "moment" if isinstance(cell, datetime.datetime) else ""
        if not kind and isinstance(cell, datetime.date):
            kind = "date"
        return (self._marked if marked else self._plain)[kind]


def _write(page: Worksheet, row: int, column: int, cell: Cell, style: Any) -> None:
    if cell is None or cell == "":
        page.write_blank(row, column, None, style)  # shows where something is missing
    elif isinstance(cell, bool):
        page.write_boolean(row, column, cell, style)
    elif isinstance(cell, str):
        page.write_string(row, column, cell[:_LONGEST_TEXT], style)
    elif isinstance(cell, datetime.date):
        page.write_datetime(row, column, cell, style)
    elif isinstance(cell, int | float | Decimal):
        page.write_number(row, column, cell, style)


def _merge(page: Worksheet, sheet: Sheet, styles: _Styles) -> None:
    """Merge what was merged, no farther than cells stand; areas that overlap stay apart."""
    bottom, right = len(sheet.rows) - 1, max(map(len, sheet.rows), default=0) - 1
    for area in sheet.merged:
        end = min(area.bottom, bottom), min(area.right, right)
        if end[0] < area.top or end[1] < area.left or end == (area.top, area.left):
            continue
        cell = sheet.cell(area.top, area.left)
        style = styles.of(cell, marked=False)
        with contextlib.suppress(OverlappingRange):
            page.merge_range(area.top, area.left, *end, "", style)
            _write(page, area.top, area.left, cell, style)


def _sheet_name(name: str) -> str:
    """A name that Excel takes."""
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:31].strip("' ") or "Sheet1"
