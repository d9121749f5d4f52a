"""CSV, in and out."""

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from .bad_file import BadFile
from .workbook import Cell, Sheet, Workbook

_SPACE = r"[\x09-\x0d\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*"
_SIGN = r"[=+\-@\t\r＝＋－＠]"
RISKY = f"^'*{_SPACE}{_SIGN}"
"""What a spreadsheet program might take for a formula, guarded or not; PostgreSQL reads the pattern as Python does."""

_RISKY = re.compile(RISKY)
_GUARDED = re.compile(f"'+{_SPACE}{_SIGN}")
_CHUNK = 64 * 1024
_SEPARATORS = ",;\t"


def guard(text: str) -> str:
    """Text that no spreadsheet program takes for a formula.

    A text that already looks guarded gets another quote, so that `unguard` gives back every text exactly.
    """
    return "'" + text if _RISKY.match(text) else text


def unguard(text: str) -> str:
    """Take off exactly the one quote that `guard` put on."""
    return text[1:] if _GUARDED.match(text) else text


def write_csv(rows: Iterable[Iterable[Cell]]) -> Iterator[bytes]:
    """CSV in pieces as it is made: UTF-8 with BOM, text guarded against formulas, numbers left numbers."""
    yield b"\xef\xbb\xbf"
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_as_text(cell) for cell in row])
        if buffer.tell() > _CHUNK:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode(errors="replace")


def _as_text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, str):
        return guard(cell)
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(" ", "seconds")
    return "" if cell is None else str(cell)


def read_csv(content: bytes, name: str, *, rows: int, columns: int) -> Workbook:
    """A workbook of one sheet whose cells are all text; the encoding and the separator are found out."""
    text = _decoded(content, name)
    separator = _separator(text)
    found: list[list[Cell]] = []
    filled = 0
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            cells: list[Cell] = [unguard(cell) or None for cell in line]
            while cells and cells[-1] is None:
                cells.pop()
            filled += bool(cells)
            if len(cells) > columns:
                raise BadFile("too_wide", name, sheet=name, place=str(len(found) + 1), limit=columns)
            if filled > rows:
                raise BadFile("too_long", name, sheet=name, limit=rows)
            found.append(cells)
    except csv.Error as fault:
        raise BadFile("bad_csv", name, line=len(found) + 1) from fault
    return Workbook(name, [Sheet(name, found)])


def _decoded(content: bytes, name: str) -> str:
    """The text of a CSV file: by its mark, else UTF-8, else the encoding that Excel in China writes."""
    encodings = ["utf-8", "gb18030"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif content.startswith(b"\xef\xbb\xbf"):
        encodings = ["utf-8-sig"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadFile("encoding", name)


def _separator(text: str) -> str:
    """The mark that stands most often in the first lines."""
    head = text[:4096]
    return max(_SEPARATORS, key=head.count)
