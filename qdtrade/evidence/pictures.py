"""Whether a file begins as a picture does, as far as a few bytes tell; nothing is decoded here."""

import struct
import zlib
from typing import IO

PICTURES = {"image/jpeg", "image/png", "image/heic", "image/heif"}
"""The media types of which a preview can be made."""

MOST_SEGMENTS = 500
SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The marks of a JPEG segment that tells the picture's size."""

HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def is_jpeg(file: IO[bytes]) -> bool:
    """Whether the segments lead to one that tells a size."""
    file.seek(2)
    for _turn in range(MOST_SEGMENTS):
        mark = file.read(2)
        while len(mark) == 2 and mark == b"\xff\xff":
            mark = mark[1:] + file.read(1)
        if len(mark) < 2 or mark[0] != 0xFF:
            return False
        head = file.read(2)
        if len(head) < 2:
            return False
        length = struct.unpack(">H", head)[0]
        if mark[1] in SIZES:
            size = file.read(5)
            return len(size) == 5 and all(struct.unpack(">HH", size[1:]))
        file.seek(length - 2, 1)
    return False


def is_png(file: IO[bytes]) -> bool:
    """Whether the first chunk is whole and tells a size."""
    file.seek(8)
    chunk = file.read(25)
    if len(chunk) < 25 or chunk[:8] != b"\x00\x00\x00\x0dIHDR":
        return False
    width, height = struct.unpack_from(">II", chunk, 8)
    return bool(width and height) and zlib.crc32(chunk[4:21]) == struct.unpack_from(">I", chunk, 21)[0]


def is_heif(file: IO[bytes]) -> bool:
    """Whether the file names a brand of HEIC, as its own or among those it can be read as."""
    file.seek(0)
    head = file.read(512)
    length = struct.unpack_from(">I", head)[0] if len(head) >= 16 else 0
    if head[4:8] != b"ftyp" or not 16 <= length <= 512:
        return False
    brands = {head[8:12], *(head[place : place + 4] for place in range(16, min(length, len(head)), 4))}
    return bool(brands & HEIF_BRANDS) and head[8:12] not in {b"avif", b"avis"}
