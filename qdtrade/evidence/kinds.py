"""Which files are taken as evidence, told by their content and not by their name."""

import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Kind:
    """A kind of file: how its bytes begin, and for zip containers an entry that it must hold."""

    word: str
    media_type: str
    magic: bytes
    entry: str = ""


KINDS = {
    ".pdf": Kind("PDF", "application/pdf", b"%PDF-"),
    ".ofd": Kind("OFD", "application/ofd", ZIP, "OFD.xml"),
    ".docx": Kind(
        "Word",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ZIP,
        "word/document.xml",
    ),
    ".xlsx": Kind(
        "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ZIP, "xl/workbook.xml"
    ),
    ".doc": Kind("Word", "application/msword", OLE),
    ".xls": Kind("Excel", "application/vnd.ms-excel", OLE),
    ".jpg": Kind("JPG", "image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": Kind("JPG", "image/jpeg", b"\xff\xd8\xff"),
    ".png": Kind("PNG", "image/png", b"\x89PNG\r\n\x1a\n"),
}
MACROS = {"word/vbaProject.bin", "xl/vbaProject.bin"}


def media_type(upload: "File[bytes]") -> str:
    """The media type of an acceptable file; raises ValidationError that says what is wrong and what to do."""
    name = PurePath(upload.name or "").name
    kind = KINDS.get(PurePath(name).suffix.lower())
    if kind is None:
        raise ValidationError(
            _("%(name)s: this kind of file is not taken. Save it as PDF, OFD, Word, Excel, JPG or PNG.")
            % {"name": name}
        )
    if upload.size == 0:
        raise ValidationError(_("%(name)s is empty. Choose the file again.") % {"name": name})
    if upload.size > settings.MAX_FILE_BYTES:
        raise ValidationError(
            _("%(name)s is %(size).1f MB; the limit is %(limit)d MB. Compress it or split it.")
            % {"name": name, "size": upload.size / 1024**2, "limit": settings.MAX_FILE_BYTES // 1024**2}
        )
    upload.seek(0)
    head = upload.read(16)
    upload.seek(0)
    if not head.startswith(kind.magic):
        raise ValidationError(
            _("%(name)s is not a %(kind)s file inside. Open it, save it as %(kind)s and add it again.")
            % {"name": name, "kind": kind.word}
        )
    if kind.entry:
        _check_container(upload, name, kind)
    return kind.media_type


def _check_container(upload: "File[bytes]", name: str, kind: Kind) -> None:
    try:
        with zipfile.ZipFile(upload) as container:
            entries = {info.filename for info in container.infolist()}
    except (zipfile.BadZipFile, OSError):
        entries = set()
    upload.seek(0)
    if entries & MACROS:
        raise ValidationError(
            _("%(name)s holds macros. Save it without macros and add it again.") % {"name": name}
        )
    if kind.entry not in entries:
        raise ValidationError(
            _("%(name)s is not a %(kind)s file inside. Open it, save it as %(kind)s and add it again.")
            % {"name": name, "kind": kind.word}
        )
