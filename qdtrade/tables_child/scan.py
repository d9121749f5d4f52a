"""What the XML of a sheet shows before anything is built from it."""

import re
from xml.parsers import expat

from .refused import Refused, place

FAR_ROW = 100_000
FAR_AREA = 8_000_000  # cells of the rectangle that calamine would have to keep, empty ones included


class NotASheet(Exception):
    """The part is no worksheet; there is nothing to scan in it."""


class Scan:
    """Walks the XML of one sheet: how far its cells reach, where formulas and errors stand."""

    def __init__(self, sheet: str, limits: dict[str, int]) -> None:
        self.sheet = sheet
        self.is_sheet = False
        self.formulas: dict[int, list[int]] = {}
        self.errors: dict[tuple[int, int], str] = {}
        self._limits = limits
        self._here = (-1, -1)
        self._row = self._column = -1
        self._last_filled = self._filled = self._widest = 0
        self._wrong = self._over = False
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = None
        self._parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        if self._over:
            return
        try:
            self._parser.Parse(piece, last)
        except NotASheet:
            self._over = True
        except expat.ExpatError:
            self._over = True
            if self.is_sheet:
                raise Refused("damaged", place=self.sheet) from None

    def _doctype(self, *_: object) -> None:
        raise Refused("damaged", place=self.sheet)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2] if ":" in name else name
        if not self.is_sheet:
            if tag != "worksheet":
                raise NotASheet
            self.is_sheet = True
        elif tag == "row":
            self._row = int(attributes.get("r", self._row + 2)) - 1
            self._column = -1
        elif tag == "c":
            self._cell(attributes)
        elif tag in {"v", "is"}:
            self._content()
        elif tag == "f":
            self.formulas.setdefault(self._column, []).append(self._row)

    def _cell(self, attributes: dict[str, str]) -> None:
        self._column += 1
        if "r" in attributes:
            self._row, self._column = _position(attributes["r"])
        self._wrong = attributes.get("t") == "e"

    def _content(self) -> None:
        limits = self._limits
        if self._column >= limits["columns"]:
            raise Refused(
                "too_wide", sheet=self.sheet, place=place(self._row, self._column), limit=limits["columns"]
            )
        if self._row != self._last_filled or not self._filled:
            self._filled += 1
            self._last_filled = self._row
        if self._filled > limits["rows"]:
            raise Refused("too_long", sheet=self.sheet, limit=limits["rows"])
        self._widest = max(self._widest, self._column + 1)
        if self._row >= FAR_ROW or (self._row + 1) * self._widest > FAR_AREA:
            raise Refused("too_far", sheet=self.sheet, place=place(self._row, self._column))
        if self._wrong and len(self.errors) < 1000:
            self._note_error()

    def _note_error(self) -> None:
        here = (self._row, self._column)
        self.errors[here] = ""

        def text(piece: str) -> None:
            self.errors[here] = (self.errors[here] + piece)[:20]

        def end(_: str) -> None:
            self._parser.CharacterDataHandler = None
            self._parser.EndElementHandler = None

        self._parser.CharacterDataHandler = text
        self._parser.EndElementHandler = end


def _position(name: str) -> tuple[int, int]:
    match = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", name)
    if match is None:
        raise Refused("damaged", place=name[:20])
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1
