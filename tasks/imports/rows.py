"""Reading the rows of a register: one task each. Nothing here knows a database."""

import re
from collections.abc import Collection

from qdtrade.imports.reading.dates import Span
from qdtrade.tables import Cell

from . import cells
from .headings import field_of
from .layout import Layout, filled_down, groups
from .register import Register
from .row_reader import RowReader

_FOOTER = re.compile(
    r"(合计|总计|小计|共计|total)|"
    r"(备注|注|说明|填表说明|填表人|填报人|填报单位|填报日期|填表日期|制表人?|制表单位|审核人?|联系人|联系电话|负责人|notes?)([:：].*|$)",
    re.IGNORECASE | re.DOTALL,
)


class Reader:
    """Walks down a sheet; keeps what one row means for the next: the field, and that the notes have begun."""

    def __init__(self, layout: Layout, programme: Span | None, known: Collection[str]) -> None:
        self.register = Register(layout)
        self._layout = layout
        self.programme = programme
        self.known = frozenset(known)
        self._field = ""
        self._in_notes = False

    def read(self) -> Register:
        layout = self._layout
        first = layout.last_heading + 1
        width = max((column.index for column in layout.columns), default=0) + 1
        continued = groups(layout)
        pending: list[list[Cell]] = []
        start = first
        for row, values in enumerate(filled_down(layout.sheet, first, width), first):
            if row in continued:
                pending.append(values)
                continue
            self._take(start, pending)
            pending, start = [values], row
        self._take(start, pending)
        return self.register

    def _take(self, row: int, lines: list[list[Cell]]) -> None:
        """One task: a row, or several where its title is merged over them."""
        if not lines:
            return
        own: list[Cell] = [cell for cell in self._layout.sheet.rows[row] if cell is not None and cell != ""]
        values = lines[0] if len(lines) == 1 else _joined(lines)
        if not own and len(lines) == 1:
            self.register.empty += 1
        elif not self._is_other(own, values):
            self.register.rows.append(RowReader(self, row, values).read())

    def _is_other(self, own: list[Cell], values: list[Cell]) -> bool:
        """A footer, a section's heading or the headings once more: rows that are no tasks."""
        first = cells.as_shown(own[0]) if own else ""
        title = self._layout.column("title")
        named = cells.as_shown(values[title.index]) if title else ""
        alone = len(own) == 1
        if (match := _FOOTER.match(first)) and (alone or match[1] or not named):
            self._in_notes = self._in_notes or not match[1]
            self.register.footers += 1
            return True
        if alone and self._in_notes:
            self.register.footers += 1
            return True
        if alone and cells.has_numeral(first) and named in {"", first}:
            self._field = cells.without_numeral(first)
            self.register.sections += 1
            return True
        return bool(named) and field_of(named) == "title" and field_of(first) != ""

    def field_for(self, text: str) -> str:
        """The field of a row; an empty cell goes on with the one above."""
        if text:
            self._field = cells.without_numeral(text)
        elif self._field:
            self.register.notes["field_above"] += 1
        return self._field


def _joined(lines: list[list[Cell]]) -> list[Cell]:
    """The rows of one task as one: different texts of a column under each other."""
    joined: list[Cell] = []
    for column in zip(*lines, strict=True):
        different = list(dict.fromkeys(cell for cell in column if cell is not None))
        if len(different) > 1:
            joined.append("\n".join(cells.as_shown(cell) for cell in different))
        else:
            joined.append(different[0] if different else None)
    return joined


def read_rows(layout: Layout, programme: Span | None, known: Collection[str] = ()) -> Register:
    """All tasks of a register, with what cannot be read named by place."""
    return Reader(layout, programme, known).read()
