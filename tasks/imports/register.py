"""What was read from a file, before anything is compared with the database."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from qdtrade.imports.reading.findings import Finding

from . import cells
from .layout import Column, Layout
from .milestones import ReadMilestone


@dataclass
class RegisterRow:
    """A task as the file has it. `values` holds the fields whose columns are there; `row` counts from 0."""

    row: int
    code: str = ""
    serial: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    milestones: list[ReadMilestone] | None = None
    extra: list[list[str]] = field(default_factory=list)
    refusals: list[Finding] = field(default_factory=list)


@dataclass
class Register:
    """Everything that was read: rows, and what a person should know about the reading."""

    layout: Layout
    rows: list[RegisterRow] = field(default_factory=list)
    empty: int = 0
    footers: int = 0
    sections: int = 0
    notes: Counter[str] = field(default_factory=Counter)

    def column_of(self, name: str) -> Column | None:
        """The column a field was read from, for findings about it."""
        layout = self.layout
        fallback = {
            "lead": "owner",
            "support": "owner",
            "starts_on": "period",
            "due_on": "period",
            "code": "serial",
        }
        return layout.column(name) or layout.column(fallback.get(name, ""))

    def found(self, row: RegisterRow, name: str) -> str:
        """The text of a field in the file."""
        column = self.column_of(name)
        return cells.as_shown(self.layout.sheet.cell(row.row, column.index)) if column else ""

    def refuse(self, row: RegisterRow, name: str, reason: str, cure: str, understood: str = "") -> None:
        """Refuse a row because of one of its fields."""
        place = self.layout.place(row.row, self.column_of(name))
        row.refusals.append(Finding(place, reason, cure, self.found(row, name), understood))
