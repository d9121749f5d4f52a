"""What a zip claims, and what really is in it."""

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

from .refused import Refused
from .scan import Scan

MEGABYTE = 1024 * 1024
CHUNK = 64 * 1024


def check_zip(file: IO[bytes], limits: dict[str, int]) -> dict[str, Scan]:
    """Refuse what must not be opened; else give, per sheet name, what calamine does not tell."""
    try:
        archive = zipfile.ZipFile(file)
    except zipfile.BadZipFile:
        raise Refused("damaged", place="zip") from None
    entries = archive.infolist()
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) != len(names):
        raise Refused("damaged", place="zip")
    _check_claims(entries, limits)
    _check_kind(archive, names)
    titles = _sheet_names(archive)
    scans: dict[str, Scan] = {}
    unpacked = 0
    for entry in entries:
        scan = Scan(titles.get(entry.filename.lower(), entry.filename), limits)
        unpacked += _unpack(file, entry, scan.feed, limits["unpacked"] * MEGABYTE - unpacked, limits)
        scan.feed(b"", last=True)
        if scan.is_sheet:
            scans[scan.sheet] = scan
    return scans


def _check_claims(entries: list[zipfile.ZipInfo], limits: dict[str, int]) -> None:
    if len(entries) > limits["entries"]:
        raise Refused("bomb", place=f"{len(entries)}", limit=limits["unpacked"])
    if sum(entry.file_size for entry in entries) > limits["unpacked"] * MEGABYTE:
        raise Refused("bomb", place="zip", limit=limits["unpacked"])
    for entry in entries:
        if entry.flag_bits & 1:
            raise Refused("encrypted")
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Refused("damaged", place=entry.filename)
        if entry.file_size > MEGABYTE and entry.file_size > limits["ratio"] * max(entry.compress_size, 1):
            raise Refused("bomb", place=entry.filename, limit=limits["unpacked"])


def _check_kind(archive: zipfile.ZipFile, names: list[str]) -> None:
    macros = [name for name in names if name.endswith(("vbaproject.bin", ".xlm")) or "/macrosheets/" in name]
    if macros:
        raise Refused("macros", place=macros[0])
    if "mimetype" in names or any(name.endswith("workbook.bin") for name in names):
        raise Refused("open_document")
    if "[content_types].xml" not in names or not any(name.endswith("workbook.xml") for name in names):
        raise Refused("kind")
    types = next(name for name in archive.namelist() if name.lower() == "[content_types].xml")
    if b"macroenabled" in _small(archive, types).lower():
        raise Refused("macros", place=types)


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part that is small in every honest file."""
    with archive.open(name) as part:
        content = part.read(4 * MEGABYTE + 1)
    if len(content) > 4 * MEGABYTE:
        raise Refused("damaged", place=name)
    return content


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part of the zip, in lower case, to the name people see; empty where the file keeps no such list."""
    parts = {name.lower(): name for name in archive.namelist()}
    book = next((name for low, name in parts.items() if low.endswith("workbook.xml")), "")
    folder, base = posixpath.split(book)
    links = parts.get(f"{folder}/_rels/{base}.rels".lower())
    if links is None:
        return {}
    targets = {
        tag["Id"]: tag["Target"] for tag in _tags(_small(archive, links), "Relationship") if "Target" in tag
    }
    names = {}
    for tag in _tags(_small(archive, book), "sheet"):
        key = next((value for name, value in tag.items() if name.endswith(":id")), "")
        part = posixpath.normpath(posixpath.join("/" + folder, targets.get(key, "")))
        names[part.lstrip("/").lower()] = tag.get("name", "")
    return names


def _tags(xml: bytes, wanted: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == wanted:
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(xml, True)
    return found


def _unpack(
    file: IO[bytes], entry: zipfile.ZipInfo, feed: Callable[[bytes], None], room: int, limits: dict[str, int]
) -> int:
    """Unpack piece by piece and forget; count what really comes out, since the sizes in the zip may lie."""
    file.seek(entry.header_offset)
    header = file.read(30)
    if header[:4] != b"PK\x03\x04":
        raise Refused("damaged", place=entry.filename)
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    size = 0
    for piece in _pieces(file, entry):
        size += len(piece)
        if size > room or (size > MEGABYTE and size > limits["ratio"] * max(entry.compress_size, 1)):
            raise Refused("bomb", place=entry.filename, limit=limits["unpacked"])
        feed(piece)
    if size != entry.file_size:
        raise Refused("damaged", place=entry.filename)
    return size


def _pieces(file: IO[bytes], entry: zipfile.ZipInfo) -> Iterator[bytes]:
    left = entry.compress_size
    inflate = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    while left > 0:
        packed = file.read(min(CHUNK, left))
        if not packed:
            raise Refused("damaged", place=entry.filename)
        left -= len(packed)
        while packed:
            if inflate is None:
                yield packed
                break
            yield inflate.decompress(packed, CHUNK)
            packed = inflate.unconsumed_tail
    while inflate is not None and (rest := inflate.decompress(inflate.unconsumed_tail, CHUNK)):
        yield rest
