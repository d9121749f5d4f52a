"""One zip file of many, made while it is sent: never more of it in memory than a few pieces."""

import datetime
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, cast

from django.core.files.storage import default_storage

from .models import Blob

PIECE = 64 * 1024
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""A zip file knows no day before this one."""


@dataclass(frozen=True)
class Entry:
    """One file of the zip: its path, its day, its size where that is known, and how to get its bytes."""

    path: str
    at: datetime.datetime
    pieces: Callable[[], Iterable[bytes]]
    size: int = 0
    is_packed: bool = True
    """Whether the bytes are as small as they get, as those of pictures and documents are."""


class _Pipe:
    """What was written and not taken yet; it cannot go back, and the zip file's writer heeds that."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.waiting = 0

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        self.waiting += len(data)
        return len(data)

    def flush(self) -> None:
        pass

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces, self.waiting = [], 0
        return taken


def stream(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The zip file, piece by piece. Names are UTF-8 and say so."""
    pipe = _Pipe()
    with zipfile.ZipFile(cast("IO[bytes]", pipe), "w") as archive:
        for entry in entries:
            with archive.open(_head(entry), "w", force_zip64=entry.size >= zipfile.ZIP64_LIMIT) as target:
                for piece in entry.pieces():
                    target.write(piece)
                    if pipe.waiting >= PIECE:
                        yield pipe.take()
            yield pipe.take()
    yield pipe.take()


def _head(entry: Entry) -> zipfile.ZipInfo:
    moment = entry.at.timetuple()[:6]
    head = zipfile.ZipInfo(entry.path, max(moment, EARLIEST))
    head.compress_type = zipfile.ZIP_STORED if entry.is_packed else zipfile.ZIP_DEFLATED
    head.external_attr = 0o644 << 16
    return head


def pieces_of(blob: Blob) -> Callable[[], Iterator[bytes]]:
    """The bytes as uploaded, read when their turn comes."""

    def pieces() -> Iterator[bytes]:
        with default_storage.open(blob.path) as file:
            yield from file.chunks(PIECE)

    return pieces
