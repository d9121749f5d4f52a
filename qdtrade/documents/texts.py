"""What can stand in a paper: texts without what XML cannot hold or a reader cannot see."""

import re
from dataclasses import dataclass

_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Control characters, halves of characters, and marks that turn the direction of what is read."""


@dataclass(frozen=True)
class Struck:
    """A value that was put right: the old one struck out, the new one beside it."""

    old: str
    new: str


Cell = str | int | Struck


def safe_text(text: str) -> str:
    """The text as it can be written: one sign for each end of a line, nothing unwritable or unseen."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n"))
