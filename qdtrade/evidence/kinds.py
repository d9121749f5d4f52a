"""Which files are taken as evidence, told by their content and not by their name.

A file is looked at, never opened: its first bytes, the directory of a container, the sizes a picture begins with.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qdtrade.errors import Words

from .containers import Ole, Unreadable, zip_entries
from .names import ending_of, plain_name
from .pictures import is_heif, is_jpeg, is_png

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BEFORE_PDF = b"\xef\xbb\xbf \t\r\n\0"
"""What some scanners write before the first byte of a PDF."""


@dataclass(frozen=True)
class Kind:
    """A kind of file as people know it: its word, its family of contents, and its media type."""

    word: str
    inside: str
    media_type: str


OPEN_XML = "application/vnd.openxmlformats-officedocument."
KINDS = {
    ".pdf": Kind("PDF", "pdf", "application/pdf"),
    ".ofd": Kind("OFD", "ofd", "application/ofd"),
    ".docx": Kind("Word", "docx", OPEN_XML + "wordprocessingml.document"),
    ".xlsx": Kind("Excel", "xlsx", OPEN_XML + "spreadsheetml.sheet"),
    ".doc": Kind("Word", "doc", "application/msword"),
    ".xls": Kind("Excel", "xls", "application/vnd.ms-excel"),
    ".wps": Kind("WPS", "doc", "application/vnd.ms-works"),
    ".et": Kind("WPS", "xls", "application/vnd.ms-excel"),
    ".jpg": Kind("JPG", "jpg", "image/jpeg"),
    ".jpeg": Kind("JPG", "jpg", "image/jpeg"),
    ".png": Kind("PNG", "png", "image/png"),
    ".heic": Kind("HEIC", "heic", "image/heic"),
    ".heif": Kind("HEIC", "heic", "image/heif"),
}
IN_WORDS = gettext_lazy("PDF, OFD, Word, Excel, WPS (.wps, .et), JPG, PNG, HEIC")
CURES: dict[str, Words] = {
    **dict.fromkeys(
        (".zip", ".rar", ".7z", ".tar", ".gz"),
        gettext_lazy("%(name)s is an archive. Unpack it and add the files themselves; several go at once."),
    ),
    **dict.fromkeys(
        (".docm", ".dotm", ".xlsm", ".xltm", ".xlsb", ".xlam"),
        gettext_lazy("%(name)s may hold macros. Save it as .docx or .xlsx and add that file."),
    ),
    **dict.fromkeys(
        (".html", ".htm", ".mht", ".mhtml", ".svg", ".xml"),
        gettext_lazy(
            "%(name)s is a web page or drawing that could run a program. Print it to PDF and add that."
        ),
    ),
}
MACRO_PARTS = re.compile(r"(?:^|/)vbaproject\.bin$|(?:^|/)macrosheets/")
MACRO_STREAMS = {"_VBA_PROJECT", "_VBA_PROJECT_CUR"}
"""At the root or in anything embedded."""

MAIN_PARTS = {
    "docx": re.compile(r"word/document\d*\.xml"),
    "xlsx": re.compile(r"xl/workbook\d*\.xml"),
    "ofd": re.compile(r"ofd\.xml"),
}


class _Refused(Exception):
    """The content is refused, with the sentence that says why."""


def accepted() -> str:
    """The endings, as a file field lists them."""
    return ",".join(KINDS)


def media_type(upload: "File[bytes]") -> str:
    """The media type of an acceptable file; raises ValidationError that says what is wrong and what to do."""
    name = plain_name(upload.name or "")
    kind = KINDS.get(ending_of(name))
    if kind is None:
        raise ValidationError(
            str(CURES.get(ending_of(name), _not_taken())) % {"name": name, "kinds": IN_WORDS}
        )
    _check_size(upload, name)
    file = cast("IO[bytes]", upload)
    try:
        found = inside(file, int(upload.size))
    except _Refused as refused:
        raise ValidationError(str(refused) % {"name": name}) from None
    finally:
        upload.seek(0)
    if found != kind.inside:
        raise ValidationError(_mislabelled(found) % _about(name, kind, found))
    return kind.media_type


def _not_taken() -> str:
    return _("%(name)s: this kind of file is not taken. Save it as one of these: %(kinds)s.")


def _check_size(upload: "File[bytes]", name: str) -> None:
    if upload.size == 0:
        raise ValidationError(_("%(name)s is empty. Choose the file again.") % {"name": name})
    if upload.size > settings.MAX_FILE_BYTES:
        raise ValidationError(
            _("%(name)s is %(size).1f MB; the limit is %(limit)d MB. Compress it or split it.")
            % {"name": name, "size": upload.size / 1024**2, "limit": settings.MAX_FILE_BYTES // 1024**2}
        )


def _mislabelled(found: str) -> str:
    if found:
        return _("%(name)s is %(found)s inside. Let its name end in %(ending)s and add it again.")
    return _("%(name)s is not %(kind)s inside. Open it, save it as %(kind)s and add it again.")


def _about(name: str, kind: Kind, found: str) -> dict[str, str]:
    ending = next((ending for ending, one in KINDS.items() if one.inside == found), "")
    return {"name": name, "kind": kind.word, "found": KINDS[ending].word if ending else "", "ending": ending}


def inside(file: IO[bytes], size: int) -> str:
    """The family of the content, by the bytes alone; empty for a content that is not known, or damaged.

    Raises _Refused for what is known and not taken: macros, passwords, bombs.
    """
    file.seek(0)
    head = file.read(1024)
    for is_one, look in LOOKS:
        if is_one(head):
            try:
                return look(file, size)
            except Unreadable:
                return ""
    return ""


def _in_zip(file: IO[bytes], _size: int) -> str:
    entries = zip_entries(file)
    if entries.is_encrypted:
        raise _Refused(_protected())
    if entries.is_bomb:
        raise _Refused(
            _("%(name)s unpacks to far more than a document needs. Save it anew, or print it to PDF.")
        )
    if any(MACRO_PARTS.search(name) for name in entries.names):
        raise _Refused(_macros())
    return next((word for word, part in MAIN_PARTS.items() if any(map(part.fullmatch, entries.names))), "")


def _in_ole(file: IO[bytes], size: int) -> str:
    ole = Ole(file, size)
    if "EncryptedPackage" in ole.root:
        raise _Refused(_protected())
    if MACRO_STREAMS & ole.names:
        raise _Refused(_macros())
    if "WordDocument" in ole.root:
        head = ole.beginning("WordDocument", 12)
        if len(head) == 12 and head[11] & 1:  # fEncrypted of the file information block
            raise _Refused(_protected())
        return "doc"
    for stream in {"Workbook", "Book"} & ole.root:
        head = ole.beginning(stream, 64)
        following = 4 + int.from_bytes(head[2:4], "little")
        if head[following : following + 2] == b"\x2f\x00":  # FILEPASS right after the beginning
            raise _Refused(_protected())
        return "xls"
    return ""


def _protected() -> str:
    return _(
        "%(name)s is protected by a password, so nobody could check it. Remove the password and add it again."
    )


def _macros() -> str:
    return _("%(name)s holds macros. Save it without macros and add it again.")


def _starts(magic: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(magic)


def _if(test: Callable[[IO[bytes]], bool], word: str) -> Callable[[IO[bytes], int], str]:
    return lambda file, _size: word if test(file) else ""


LOOKS: list[tuple[Callable[[bytes], bool], Callable[[IO[bytes], int], str]]] = [
    (_starts(ZIP), _in_zip),
    (_starts(OLE), _in_ole),
    (_starts(b"\xff\xd8\xff"), _if(is_jpeg, "jpg")),
    (_starts(b"\x89PNG\r\n\x1a\n"), _if(is_png, "png")),
    (lambda head: head[4:8] == b"ftyp", _if(is_heif, "heic")),
    (lambda head: head.lstrip(BEFORE_PDF).startswith(b"%PDF-"), lambda _file, _size: "pdf"),
]
"""How a content begins, and what then tells its family."""
