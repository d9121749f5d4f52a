"""What a reader of a register has to say about a place in it."""

from dataclasses import dataclass

from qdtrade.tables import letters


@dataclass(frozen=True)
class Place:
    """Where in the file: rows as the spreadsheet counts them, columns from 0; -1 means the whole row or sheet."""

    sheet: str
    row: int
    column: int = -1
    heading: str = ""

    def __str__(self) -> str:
        return f"{self.letters}{self.row}"

    @property
    def letters(self) -> str:
        return letters(self.column) if self.column >= 0 else ""


@dataclass(frozen=True)
class Finding:
    """A refusal or a note: the text found, what it would be understood as, why, and what to do about it."""

    place: Place
    reason: str
    cure: str = ""
    found: str = ""
    understood: str = ""


class Unreadable(ValueError):
    """A cell that cannot be understood; carries the reason and the cure."""

    def __init__(self, reason: str, cure: str, understood: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.cure = cure
        self.understood = understood
