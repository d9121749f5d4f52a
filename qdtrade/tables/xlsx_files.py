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

_LONGEST_TEXT = 32_767  # Excel's own limit for one cell


def write_xlsx(
    rows: Iterable[Sequence[Cell]], *, sheet: str = "Sheet1", headings: int = 1, widths: Sequence[float] = ()
) -> IO[bytes]:
    """A temporary file, open at its beginning, with one sheet of these rows; every cell keeps its type.

    The first `headings` rows are set off and stay in sight. An .xlsx file cannot be sent while it is made,
    but memory stays small whatever the number of rows. The file is gone once it is closed.
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
    }
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    page.freeze_panes(headings, 0)
    try:
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                _write(page, number, column, cell, formats, heading=number < headings)
    except BaseException:
        book.close()
        file.close()
        raise
    book.close()
    file.seek(0)
    return file


def _write(
    page: Worksheet, row: int, column: int, cell: Cell, formats: dict[str, Any], *, heading: bool
) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        page.write_boolean(row, column, cell)
    elif isinstance(cell, str):
        if len(cell) > _LONGEST_TEXT:
            raise BadFile("text_too_long", "", place=place(row, column), limit=_LONGEST_TEXT)
        page.write_string(row, column, cell, formats["heading" if heading else "text"])
    elif isinstance(cell, datetime.datetime):
        page.write_datetime(row, column, cell, formats["datetime"])
    elif isinstance(cell, datetime.date):
        page.write_datetime(row, column, cell, formats["date"])
    elif isinstance(cell, int | float | Decimal):
        page.write_number(row, column, cell)
