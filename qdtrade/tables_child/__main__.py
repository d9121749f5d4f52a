"""Reads standard input, within limits, and describes it."""

import errno
import json
import os
import resource
import sys
from collections.abc import Iterator
from typing import IO, Any

import python_calamine

from .cells import describe
from .refused import Refused
from .scan import Scan
from .zipped import MEGABYTE, check_zip


def main() -> None:
    limits = json.loads(sys.argv[1])
    _confine(limits)
    try:
        for line in _read(sys.stdin.buffer, limits):
            sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
    except Refused as refused:
        _say(refused.answer)
    except MemoryError:
        _say({"refused": "too_much", "params": {}})
    except BaseException as fault:  # a panic of the parser is no Exception
        if isinstance(fault, OSError) and fault.errno == errno.EFBIG:
            os._exit(1)  # the answer may not grow; its missing last line says so
        _say({"refused": "damaged", "params": {"place": type(fault).__name__}})


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write("\n" + json.dumps(answer) + "\n")
    sys.stdout.flush()


def _confine(limits: dict[str, int]) -> None:
    """Let the kernel keep the limits, whatever happens in here."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"] * MEGABYTE,) * 2)
    resource.setrlimit(
        resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"] + 1)
    )  # first told, then killed
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["answer"] * MEGABYTE,) * 2)


def _read(file: IO[bytes], limits: dict[str, int]) -> Iterator[Any]:
    scans: dict[str, Scan] = {}
    file.seek(0)
    if file.read(2) == b"PK":
        scans = check_zip(file, limits)
    else:
        _check_old(file)
    file.seek(0)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(file)
    except python_calamine.PasswordError:
        raise Refused("encrypted") from None
    for sheet in book.sheets_metadata:
        if sheet.typ == python_calamine.SheetTypeEnum.MacroSheet:
            raise Refused("macros", place=sheet.name)
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet:
            yield from describe(book.get_sheet_by_name(sheet.name), scans.get(sheet.name), limits)
    yield {"end": True}


def _check_old(file: IO[bytes]) -> None:
    file.seek(0)
    content = file.read()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refused("encrypted")
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise Refused("macros", place="VBA")


if __name__ == "__main__":
    main()
