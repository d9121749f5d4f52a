"""Writing .xlsx files."""

import datetime
import tempfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from .bad_file import BadFile
from .workbook import Cell, place

MOST_ROWS = 1_048_576
"""Excel's own limit for one sheet, its headings among them."""

_LONGEST_TEXT = 32_767  # Excel's own limit for one cell
_A4 = 9


def write_xlsx(
    rows: Iterable[Sequence[Cell]], *, sheet: str = "Sheet1", headings: int = 1, widths: Sequence[float] = (),
    about: tuple[str, Sequence[tuple[str, str]]] = ("", ()),
) -> IO[bytes]:  # fmt: skip
    """A temporary file, open at its beginning, with one sheet of these rows; every cell keeps its type.

    `about` is the name of a second sheet that says what the first one holds, in pairs; without a name there is none.

    The first `headings` rows are set off, stay in sight, filter, and stand on every sheet of paper. An .xlsx file
    cannot be sent while it is made, but memory stays small whatever the number of rows. The file is gone once it is
    closed. Raises BadFile for more than a sheet or a cell holds.
    """
    file = tempfile.TemporaryFile(prefix="table-", suffix=".xlsx")  # noqa: SIM115 - the caller sends and closes it
    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    page = book.add_worksheet(sheet)
    formats = {
        "heading": book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
        "datetime": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "valign": "top", "align": "left"}),
        "other": book.add_format({"valign": "top"}),
    }
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    try:
        last, widest = _fill(page, rows, formats, headings)
        _lay_out(page, headings, last, widest)
        _say(book, *about, formats)
        book.close()
    except BaseException:
        book.close()
        file.close()
        raise
    file.seek(0)
    return file


def _fill(
    page: Worksheet, rows: Iterable[Sequence[Cell]], formats: dict[str, Any], headings: int
) -> tuple[int, int]:
    """Write every row, and return the last one and the last column that was written to, counted from 0."""
    last = widest = 0
    for number, row in enumerate(rows):
        if number >= MOST_ROWS:
            raise BadFile("too_many_rows", "", limit=MOST_ROWS - headings)
        for column, cell in enumerate(row):
            _write(page, number, column, cell, formats, heading=number < headings)
        last, widest = number, max(widest, len(row) - 1)
    return last, widest


def _say(
    book: xlsxwriter.Workbook, name: str, pairs: Sequence[tuple[str, str]], formats: dict[str, Any]
) -> None:
    """The second sheet, names beside what they name."""
    if not name:
        return
    page = book.add_worksheet(name)
    for column, width in enumerate((24, 90)):
        page.set_column(column, column, width)
    for number, (label, words) in enumerate(pairs):
        page.write_string(number, 0, label, formats["text"])
        page.write_string(number, 1, words[:_LONGEST_TEXT], formats["text"])


def _lay_out(page: Worksheet, headings: int, last: int, widest: int) -> None:
    """What a reader and a printer need: headings in sight and on every sheet, as wide as an A4 on its side."""
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    if headings:
        page.freeze_panes(headings, 0)
        page.repeat_rows(0, headings - 1)
        page.autofilter(headings - 1, 0, last, widest)


def _write(
    page: Worksheet, row: int, column: int, cell: Cell, formats: dict[str, Any], *, heading: bool
) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        page.write_boolean(row, column, cell, formats["other"])
    elif isinstance(cell, str):
        if len(cell) > _LONGEST_TEXT:
            raise BadFile("text_too_long", "", place=place(row, column), limit=_LONGEST_TEXT)
        page.write_string(row, column, cell, formats["heading" if heading else "text"])
    elif isinstance(cell, datetime.datetime):
        page.write_datetime(row, column, cell.replace(tzinfo=None), formats["datetime"])
    elif isinstance(cell, datetime.date):
        page.write_datetime(row, column, cell, formats["date"])
    elif isinstance(cell, int | float | Decimal):
        page.write_number(row, column, cell, formats["other"])
