"""Names of files that leave."""

import re
import unicodedata

_LONGEST = 180  # bytes of UTF-8; most file systems stop at 255, and browsers add " (1)"
_TROUBLE = re.compile(r'[\\/:*?"<>|;%]+')


def safe_filename(name: str, fallback: str = "file") -> str:
    """A name that can stand in a header and on any disk: one line, no path, quotes or hidden marks; Chinese stays."""
    plain = "".join(" " if unicodedata.category(mark).startswith(("C", "Z")) else mark for mark in name)
    plain = " ".join(_TROUBLE.sub(" ", plain).split()).lstrip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 8:
        stem, ending = plain, ""
    room = _LONGEST - len((dot + ending).encode())
    stem = stem.encode()[:room].decode(errors="ignore").rstrip(". ")
    return f"{stem or fallback}.{ending}" if ending else stem or fallback
