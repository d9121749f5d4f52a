"""Finding the register in a workbook, and the tasks that stand in several rows of it."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext_noop as _

from qdtrade.imports.reading.layout import IGNORED, Column, Layout, Wanted, filled_down, find_table
from qdtrade.tables import Area, Workbook

from . import headings

__all__ = ["IGNORED", "Column", "Layout", "filled_down", "find_register", "groups"]


def _is_register(fields: list[str]) -> bool:
    return "title" in fields and bool({"lead", "owner", "standard"} & {*fields}) and len(fields) >= 3


def _second(name: str, taken: set[str], columns: list[Column]) -> str:
    """起止时间 over two columns is a start and an end; any other field found again is an unknown column."""
    if name == "period" and columns[-1].field == "period" and not taken & {"starts_on", "due_on"}:
        columns[-1] = replace(columns[-1], field="starts_on")
        return "due_on"
    return ""


REGISTER = Wanted(
    field_of=headings.field_of,
    suits=_is_register,
    nothing=(
        _("No row of %(file)s looks like the headings of a register."),
        _(
            "The headings must name the task (任务举措) and its lead bureau (牵头单位) or standard (完成标准)."
        ),
    ),
    another=(
        _("This sheet looks like a register too; it is not read."),
        _("Put all tasks into one sheet, or read that sheet from a file of its own."),
    ),
    many=frozenset({"milestones", "milestone_title", "milestone_date"}),
    again=_second,
)


def find_register(book: Workbook, chosen: Mapping[str, str] | None = None) -> Layout:
    """The sheet and the headings that look most like a register. Raises Unreadable where none does.

    `chosen` says for a column, by its key, which field it means.
    """
    return find_table(book, REGISTER, chosen)


def groups(layout: Layout) -> dict[int, Area]:
    """The rows below the first one of each cell merged downwards in the task's column, by row: one task each."""
    title = layout.column("title")
    found: dict[int, Area] = {}
    for area in layout.sheet.merged:
        if title and area.left <= title.index <= area.right and area.top > layout.last_heading:
            for row in range(area.top + 1, min(area.bottom + 1, len(layout.sheet.rows))):
                found[row] = area
    return found
