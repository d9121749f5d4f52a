"""The cells of a sheet as JSON."""

import datetime
from collections.abc import Iterator
from typing import Any

import python_calamine

from .refused import Refused, place
from .scan import Scan


def describe(
    sheet: python_calamine.CalamineSheet, scan: Scan | None, limits: dict[str, int]
) -> Iterator[Any]:
    yield {"sheet": sheet.name, "merged": _merged(sheet)}
    if sheet.start is None:
        return
    left = sheet.start[1]
    errors: dict[int, dict[int, str]] = {}
    for (number, column), text in (scan.errors if scan else {}).items():
        errors.setdefault(number, {})[column] = text
    formulas = {column: set(rows) for column, rows in (scan.formulas if scan else {}).items()}
    live = set()
    filled = 0
    for number, found in enumerate(sheet.iter_rows()):
        row = [None] * left + [_plain(cell) for cell in found]
        for column, rows in formulas.items():
            if number in rows and column < len(row) and row[column] not in {None, 0}:
                live.add(column)
        for column, text in errors.get(number, {}).items():
            row += [None] * (column + 1 - len(row))
            row[column] = text or "#ERROR!"
        while row and row[-1] is None:
            row.pop()
        _check_size(sheet.name, number, row, filled := filled + bool(row), limits)
        yield row
    wrong = [(number, column, text) for number, row in sorted(errors.items()) for column, text in row.items()]
    for column in sorted(formulas.keys() - live - {column for _, column, _ in wrong}):
        yield {
            "caution": "no_results",
            "params": {"sheet": sheet.name, "place": place(0, column).rstrip("1")},
        }
    for number, column, text in wrong[:20]:
        yield {
            "caution": "error_cell",
            "params": {"sheet": sheet.name, "place": place(number, column), "text": text},
        }


def _merged(sheet: python_calamine.CalamineSheet) -> list[list[int]]:
    """The merged areas that touch a filled part of the sheet; refuses more than could stand side by side."""
    if sheet.end is None:
        return []
    bottom, right = sheet.end
    merged = [
        [*first, *last]
        for first, last in sheet.merged_cell_ranges or []
        if first[0] <= bottom and first[1] <= right
    ]
    covered = sum(
        (min(area[2], bottom) - area[0] + 1) * (min(area[3], right) - area[1] + 1) for area in merged
    )
    if covered > (bottom + 1) * (right + 1):
        raise Refused("damaged", place=sheet.name)
    return merged


def _check_size(sheet: str, number: int, row: list[Any], filled: int, limits: dict[str, int]) -> None:
    """The same limits for old files and for XML that hid its cells from the scan."""
    if len(row) > limits["columns"]:
        raise Refused("too_wide", sheet=sheet, place=place(number, len(row) - 1), limit=limits["columns"])
    if filled > limits["rows"]:
        raise Refused("too_long", sheet=sheet, limit=limits["rows"])


def _plain(cell: Any) -> Any:
    """A cell as JSON: days and moments told apart from text, whole numbers without the `.0` calamine adds."""
    if isinstance(cell, float):
        if cell != cell or cell in {float("inf"), float("-inf")}:
            return str(cell)
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if isinstance(cell, datetime.datetime):
        return {"datetime": cell.isoformat()}
    if isinstance(cell, datetime.date):
        return {"date": cell.isoformat()}
    if isinstance(cell, datetime.time | datetime.timedelta):
        return str(cell)
    return None if cell == "" else cell
