"""Files as people have them and as attackers make them, small enough for a test."""

import io
import struct
import zipfile
import zlib

import pillow_heif
from PIL import Image

NONE = 0xFFFFFFFF
END = 0xFFFFFFFE
SECTOR = 512


def zipped(*names, content=b"<xml/>", method=zipfile.ZIP_DEFLATED, **contents):
    """A zip file with these entries; `contents` gives the bytes of some by their place."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for number, name in enumerate(names):
            archive.writestr(name, contents.get(f"_{number}", content))
    return file.getvalue()


def docx(*more, **contents):
    return zipped("[Content_Types].xml", "word/document.xml", *more, **contents)


def xlsx(*more, **contents):
    return zipped("[Content_Types].xml", "xl/workbook.xml", *more, **contents)


def ofd(*more):
    return zipped("OFD.xml", "Doc_0/Document.xml", *more)


def ole(root, embedded=()):
    """An OLE file: streams of the root with their bytes, and a storage with empty streams of these names."""
    entries = [("Root Entry", 5, b"", 1 if root or embedded else NONE, NONE)]
    for number, (name, content) in enumerate(root.items(), 1):
        is_last = number == len(root) and not embedded
        entries.append((name, 2, content.ljust(4096, b"\0"), NONE, NONE if is_last else number + 1))
    if embedded:
        place = len(entries) + 1
        entries.append(("ObjectPool", 1, b"", place, NONE))
        for number, name in enumerate(embedded):
            entries.append((name, 2, b"", NONE, NONE if number == len(embedded) - 1 else place + number + 1))
    return _assembled(entries)


def _assembled(entries):
    directory_sectors = -(-len(entries) // 4)
    table, directory, data, following = [0xFFFFFFFD], b"", b"", 1 + directory_sectors
    table += [*range(2, 1 + directory_sectors), END]
    for name, kind, content, child, after in entries:
        start = following if content else END
        sectors = len(content) // SECTOR
        table += [*range(following + 1, following + sectors), END] if sectors else []
        following += sectors
        data += content
        raw = name.encode("utf-16-le")
        directory += raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, NONE, after, child)
        directory += bytes(36) + struct.pack("<IQ", start, len(content))
    directory = directory.ljust(directory_sectors * SECTOR, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0)
    head += struct.pack("<109I", 0, *[NONE] * 108)
    fat = struct.pack("<128I", *table, *[NONE] * (128 - len(table)))
    return head + fat + directory + data


def doc(*embedded, encrypted=False):
    flags = 0x0100 if encrypted else 0
    return ole({"WordDocument": struct.pack("<5HH", 0xA5EC, 193, 0, 0, 0, flags)}, embedded)


def xls(*embedded, encrypted=False):
    beginning = struct.pack("<HH16x", 0x0809, 16)
    following = struct.pack("<HH", 0x2F if encrypted else 0xE1, 2) + bytes(2)
    return ole({"Workbook": beginning + following}, embedded)


def encrypted_docx():
    """What Word writes once a password is set: no zip any more."""
    return ole({"EncryptionInfo": b"\4\0", "EncryptedPackage": b"secret"})


def picture(kind="JPEG", size=(60, 40), colour="navy", mode="RGB", **saved):
    pillow_heif.register_heif_opener()
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, kind, **saved)
    return file.getvalue()


def photograph(kind="JPEG", size=(60, 40)):
    """As a phone takes it: lying on its side, and knowing where it was."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (36.0, 4.0, 1.5)
    exif[0x010F] = "SECRET-CAMERA"
    return picture(kind, size, exif=exif.tobytes(), **({"comment": b"SECRET"} if kind == "JPEG" else {}))


def fake_png(width, height):
    """A PNG that claims to be as large as this, in a few bytes."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    head = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d" + chunk + struct.pack(">I", zlib.crc32(chunk))
    packed = zlib.compress(b"\0" * 1024)
    data = b"IDAT" + packed
    return head + struct.pack(">I", len(packed)) + data + struct.pack(">I", zlib.crc32(data))
