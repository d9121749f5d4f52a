"""Names of files that come in."""

import re
import unicodedata

from qdtrade.tables import safe_filename

LONGEST = 191  # characters: as many as the column of names has always held
LONGEST_BYTES = (
    255  # of UTF-8: what a file system holds, so that whoever takes the file away can keep its name
)


def plain_name(name: str) -> str:
    """The file's own name: no path, no control or direction mark, no excess length; its ending is kept.

    A mark that turns the direction of writing could show `fdp.exe` as `exe.pdf`, so none stays.
    """
    own = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    own = "".join(mark for mark in own if mark.isprintable()).strip()
    stem, dot, ending = own.rpartition(".")
    ending = (dot + ending)[:40]
    stem = stem[: LONGEST - len(ending)]
    return stem.encode()[: LONGEST_BYTES - len(ending.encode())].decode(errors="ignore") + ending


def ending_of(name: str) -> str:
    """The ending with its dot, in small letters; empty for a name without one."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem else ""


_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.I)


class Folders:
    """Hands out paths in a file of many: each once, and such that every system can unpack them."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def path(self, folder: str, name: str) -> str:
        """`folder/name`, with a number before the ending where that is taken; letters' case tells nothing apart."""
        folder, name = _on_any_disk(folder), _on_any_disk(name)
        stem, dot, ending = name.rpartition(".")
        number, found = 1, name
        while f"{folder}/{found}".lower() in self._given:
            number += 1
            found = f"{stem} ({number}){dot}{ending}" if dot else f"{name} ({number})"
        self._given.add(f"{folder}/{found}".lower())
        return f"{folder}/{found}"


def _on_any_disk(name: str) -> str:
    """A name that no system takes for a device."""
    plain = safe_filename(name).rstrip(". ")
    return f"_{plain}" if _DEVICES.fullmatch(plain) else plain or "_"
