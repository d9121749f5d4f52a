"""Reading a spreadsheet that nobody has checked."""

import datetime
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from .bad_file import BadFile, Caution
from .csv_files import read_csv
from .workbook import Area, Cell, Sheet, Workbook

_ROOT = Path(__file__).resolve().parents[2]
_MEGABYTE = 1024 * 1024
_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Limits:
    """How much a file may cost; sizes in MB."""

    size: int = 20
    unpacked: int = 300
    ratio: int = 200
    entries: int = 2_000
    rows: int = 20_000
    columns: int = 200
    memory: int = 1_024
    answer: int = 128
    seconds: int = 60


def read(source: str | os.PathLike[str] | bytes, name: str = "", limits: Limits | None = None) -> Workbook:
    """The workbook in an .xlsx, .xls or .csv file, or BadFile with the reason.

    The kind is told from the first bytes; the name serves sentences, and lets plain text be CSV. This process
    never unpacks or parses a workbook: a child does, within limits that the kernel keeps.
    """
    limits = limits or Limits()
    if isinstance(source, bytes):
        with tempfile.TemporaryFile(prefix="table-") as file:
            file.write(source)
            return _read_open(file, name or "file", limits)
    name = name or Path(source).name
    try:
        with Path(source).open("rb") as file:
            return _read_open(file, name, limits)
    except OSError as fault:
        raise BadFile("missing", name) from fault


def _read_open(file: IO[bytes], name: str, limits: Limits) -> Workbook:
    size = file.seek(0, os.SEEK_END)
    if size == 0:
        raise BadFile("empty", name)
    if size > limits.size * _MEGABYTE:
        raise BadFile("too_big", name, size=round(size / _MEGABYTE, 1), limit=limits.size)
    file.seek(0)
    start = file.read(8)
    if start.startswith(_ZIP) or start == _OLE:
        book = _read_in_child(file, name, limits)
    elif name.lower().endswith((".csv", ".txt", ".tsv")):
        file.seek(0)
        book = read_csv(file.read(), name, rows=limits.rows, columns=limits.columns)
    else:
        raise BadFile("kind", name)
    if not any(any(sheet.rows) for sheet in book.sheets):
        raise BadFile("no_sheet", name)
    return book


def _read_in_child(file: IO[bytes], name: str, limits: Limits) -> Workbook:
    with tempfile.TemporaryFile(prefix="table-") as answer:
        command = [sys.executable, "-s", "-E", "-m", "qdtrade.tables_child", json.dumps(asdict(limits))]
        child = subprocess.Popen(
            command, stdin=file, stdout=answer, stderr=subprocess.DEVNULL, env={}, cwd=_ROOT
        )
        try:
            child.wait(timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            raise BadFile("too_slow", name, limit=limits.seconds) from None
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
        if child.returncode == -signal.SIGXCPU:
            raise BadFile("too_slow", name, limit=limits.seconds)
        answer.seek(0)
        return _assembled(answer, name, limits)


def _assembled(answer: IO[bytes], name: str, limits: Limits) -> Workbook:
    """The workbook the child described; an answer without its last line means that the child was stopped."""
    book = Workbook(name, [])
    for line in _lines(answer):
        if isinstance(line, list):
            book.sheets[-1].rows.append([_cell(value) for value in line])
        elif "sheet" in line:
            merged = tuple(Area(*corners) for corners in line["merged"])
            book.sheets.append(Sheet(line["sheet"], [], merged))
        elif "caution" in line:
            book.cautions.append(Caution(line["caution"], line["params"]))
        elif "refused" in line:
            raise BadFile(line["refused"], name, **line["params"])
        elif "end" in line:
            return book
    raise BadFile("too_much", name)


def _lines(answer: IO[bytes]) -> Iterator[Any]:
    for line in answer:
        if not line.strip():
            continue
        try:
            yield json.loads(line)
        except ValueError:  # the child was stopped in the middle of a line
            continue


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        if "date" in value:
            return datetime.date.fromisoformat(value["date"])
        return datetime.datetime.fromisoformat(value["datetime"])
    return value
