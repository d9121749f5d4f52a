"""What the directory of a container tells: the entries of a zip, the streams of an OLE file. Nothing is unpacked.

Both read a bounded part of the file, whatever it claims about itself, and raise `Unreadable` for what is not as it
should be.
"""

import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

MEGABYTE = 1024 * 1024
LARGEST_DIRECTORY = 2 * MEGABYTE
MOST_UNPACKED = 1024 * MEGABYTE
"""What all entries of an honest document unpack to together, at most."""

HIGHEST_RATIO = 1000
"""Deflate cannot do better than 1 : 1032; only what is made to be a bomb comes near."""


class Unreadable(Exception):
    """The container is damaged, or no container at all."""


@dataclass(frozen=True)
class Entries:
    """The directory of a zip file."""

    names: frozenset[str]
    is_encrypted: bool
    is_bomb: bool


class _Bounded:
    """A file of which only so much is read."""

    def __init__(self, file: IO[bytes], most: int) -> None:
        self._file, self._left = file, most
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        found = self._file.read(self._left + 1 if size < 0 else min(size, self._left + 1))
        self._left -= len(found)
        if self._left < 0:
            raise Unreadable
        return found


def zip_entries(file: IO[bytes]) -> Entries:
    """The names in a zip file's directory, in small letters."""
    try:
        with zipfile.ZipFile(_Bounded(file, LARGEST_DIRECTORY)) as container:
            found = container.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error, EOFError):
        raise Unreadable from None
    return Entries(
        names=frozenset(info.filename.lower().replace("\\", "/") for info in found),
        is_encrypted=any(info.flag_bits & 1 for info in found),
        is_bomb=sum(info.file_size for info in found) > MOST_UNPACKED
        or any(
            info.file_size > MEGABYTE and info.file_size > HIGHEST_RATIO * info.compress_size
            for info in found
        ),
    )


MOST_SECTORS = 2048  # of a directory or of a table of sectors: 1 MB each
END = 0xFFFFFFFA
"""From here on a sector's number means none."""


@dataclass(frozen=True)
class _Place:
    """An entry of an OLE directory: its name, its neighbours in the tree of its storage, and where it begins."""

    name: str
    before: int
    after: int
    within: int
    start: int
    size: int


class Ole:
    """An OLE file (.doc, .xls, .wps, .et): the names in it, and how the streams of its root begin."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file, self._size = file, size
        head = self._bytes(0, 512)
        shift, mini_shift = struct.unpack_from("<HH", head, 30)
        if (
            not head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
            or shift not in {9, 12}
            or mini_shift != 6
        ):
            raise Unreadable
        self._sector = 1 << shift
        self._tables = self._table_sectors(head)
        first, self._cutoff = struct.unpack_from("<I", head, 48)[0], struct.unpack_from("<I", head, 56)[0]
        self._cached: tuple[int, bytes] = (-1, b"")
        places = list(self._directory(first))
        self.names = frozenset(place.name for place in places)
        self._root = {place.name: place for place in self._of_root(places)}

    @property
    def root(self) -> frozenset[str]:
        """The names in the root; those of embedded objects are not among them."""
        return frozenset(self._root)

    def beginning(self, name: str, length: int) -> bytes:
        """The first bytes of a stream of the root; nothing for a small one, which is kept elsewhere."""
        place = self._root[name]
        if place.size < max(self._cutoff, length) or place.start >= END:
            return b""
        return self._bytes((place.start + 1) * self._sector, length)

    def _of_root(self, places: list[_Place]) -> Iterator[_Place]:
        """What hangs on the root's tree, each once, however the tree is made."""
        waiting, seen = [places[0].within] if places else [], set()
        while waiting:
            number = waiting.pop()
            if number in seen or number >= len(places):
                continue
            seen.add(number)
            yield places[number]
            waiting += [places[number].before, places[number].after]

    def _bytes(self, offset: int, length: int) -> bytes:
        self._file.seek(offset)
        found = self._file.read(length)
        if len(found) < length:
            raise Unreadable
        return found

    def _table_sectors(self, head: bytes) -> list[int]:
        """Where the table stands that tells which sector follows which."""
        found = [one for one in struct.unpack_from("<109I", head, 76) if one < END]
        following = struct.unpack_from("<I", head, 68)[0]
        for _turn in range(MOST_SECTORS):
            if following >= END:
                return found
            *more, following = struct.unpack(f"<{self._sector // 4}I", self._at(following))
            found += [one for one in more if one < END]
        raise Unreadable

    def _at(self, sector: int) -> bytes:
        if (sector + 1) * self._sector > self._size:
            raise Unreadable
        offset = (sector + 1) * self._sector
        return self._bytes(offset, min(self._sector, self._size - offset)).ljust(self._sector, b"\0")

    def _next(self, sector: int) -> int:
        part, place = divmod(sector, self._sector // 4)
        if part >= len(self._tables):
            raise Unreadable
        if self._cached[0] != part:
            self._cached = (part, self._at(self._tables[part]))
        return int(struct.unpack_from("<I", self._cached[1], place * 4)[0])

    def _directory(self, sector: int) -> Iterator[_Place]:
        for _turn in range(MOST_SECTORS):
            if sector >= END:
                return
            content = self._at(sector)
            for offset in range(0, self._sector, 128):
                length = min(64, struct.unpack_from("<H", content, offset + 64)[0])
                name = content[offset : offset + max(0, length - 2)].decode("utf-16-le", errors="replace")
                tree = struct.unpack_from("<III", content, offset + 68)
                yield _Place(name, *tree, *struct.unpack_from("<II", content, offset + 116))
            sector = self._next(sector)
        raise Unreadable
