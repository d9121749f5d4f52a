"""One cell, one value: what only a register has; the rest is read as in every table."""

import re

from qdtrade.imports.reading.bureau_names import NOTHING
from qdtrade.imports.reading.cells import (
    as_shown,
    code_of,
    limited,
    one_line,
    required,
    text_of,
    yes_or_no,
)
from qdtrade.imports.reading.findings import Unreadable
from qdtrade.imports.reading.said import said as _
from qdtrade.tables import Cell

from . import headings

__all__ = [
    "as_shown",
    "code_of",
    "field_names",
    "has_numeral",
    "limited",
    "one_line",
    "required",
    "text_of",
    "without_numeral",
    "yes_or_no",
]

SAMPLE_FIELDS = {
    "field", "standard", "lead", "supports", "starts_on", "due_on", "own_choice", "milestones", "progress", "reports",
}  # fmt: skip
_SAMPLE_WORDS = {"进度": "progress", "进展": "progress", "报告": "reports", "进展报告": "reports"}
_NUMERAL = re.compile(r"^(?:[（(]?[一二三四五六七八九十]{1,3}[)）、.．]+|\d{1,2}[、.．](?!\d))\s*")


def without_numeral(text: str) -> str:
    """A field's name without the 一、 or （二） before it."""
    return _NUMERAL.sub("", one_line(text)).strip()


def has_numeral(text: str) -> bool:
    return re.match(r"[（(]?[一二三四五六七八九十]{1,3}[)）、.．]", text) is not None


def field_names(cell: Cell) -> list[str]:
    """The fields named in a cell, by heading or by code, as in 牵头单位、完成时限."""
    found = []
    for word in re.split(r"[、,，;；\s]+", text_of(cell)):
        if word.lower() in NOTHING:
            continue
        name = word if word in SAMPLE_FIELDS else _SAMPLE_WORDS.get(word) or headings.field_of(word)
        name = {"support": "supports", "owner": "lead", "period": "due_on"}.get(name, name)
        if name not in SAMPLE_FIELDS:
            raise Unreadable(
                _("“%(word)s” is not the heading of a column.") % {"word": word},
                _("Write headings, as in 牵头单位、完成时限."),
            )
        found.append(name)
    return list(dict.fromkeys(found))
