"""A paper's file: its properties, its parts, and nothing that tells of a program, a person or a machine."""

import io
import zipfile
from typing import Any

from django.utils import translation

from qdtrade import clock

from .fonts import font_table

UNUSED = ("/thumbnail", "/stylesWithEffects", "/customXml")
"""What the empty document that papers begin as carries and none of ours needs, by the ends of its relations' names."""

_NAMELESS = b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'

PARTS = {"/word/fontTable.xml": font_table(), "/docProps/app.xml": _NAMELESS}
"""Parts that are ours whole: the fonts, and which program made the file."""


def packed(document: Any, title: str) -> bytes:
    """The file; the same document at the same moment gives the same bytes."""
    _say_what_it_is(document.core_properties, title)
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, one in relations.items() if one.reltype.endswith(UNUSED)]:
            del relations[key]
    for part in document.part.package.iter_parts():
        if str(part.partname) in PARTS:
            part._blob = PARTS[str(part.partname)]
    written = io.BytesIO()
    document.save(written)
    return _dated(written)


def _say_what_it_is(properties: Any, title: str) -> None:
    """The paper's name and day."""
    now = clock.now().replace(microsecond=0, tzinfo=None)
    properties.title, properties.language = " ".join(title.split())[:250], translation.get_language() or ""
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.created = properties.modified = now
    properties.revision = 1


def _dated(written: io.BytesIO) -> bytes:
    """The same parts, dated by the clock and not by the machine."""
    now = clock.now().astimezone(clock.BEIJING).timetuple()[:6]
    file = io.BytesIO()
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as dated:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, now)
            part.compress_type = zipfile.ZIP_DEFLATED
            dated.writestr(part, parts.read(name))
    return file.getvalue()
