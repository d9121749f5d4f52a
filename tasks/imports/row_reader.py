"""Reading one row of a register."""

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from qdtrade.imports.reading import bureau_names
from qdtrade.imports.reading.dates import Span, read_range, read_span
from qdtrade.imports.reading.findings import Finding, Unreadable
from qdtrade.imports.reading.said import said as _
from qdtrade.tables import Cell

from . import cells
from .layout import Column
from .milestones import ReadMilestone, read_milestones
from .register import RegisterRow

if TYPE_CHECKING:
    from .rows import Reader

T = TypeVar("T")


def _names(cell: Cell) -> str:
    return cells.limited(cells.text_of(cell), 1000)


class RowReader:
    """Reads one row, gathering every refusal, so that a person corrects them all at once."""

    def __init__(self, reader: "Reader", row: int, values: list[Cell]) -> None:
        self._reader = reader
        self._layout = reader.register.layout
        self._cells = values
        self._row = RegisterRow(row)

    def read(self) -> RegisterRow:
        row, values = self._row, self._row.values
        row.code = self._read("code", cells.code_of, "")
        row.serial = self._read("serial", cells.code_of, "")
        if row.code:
            self._row.refusals = [finding for finding in row.refusals if not self._is_of(finding, "serial")]
        values["field"] = self._field()
        values["title"] = self._read("title", self._required("title", 200, cells.one_line), "")
        if self._layout.column("standard"):
            values["standard"] = self._read("standard", self._required("standard", 2000, str), "")
        self._bureaus()
        self._dates()
        for name in ("own_choice", "is_sample"):
            if self._layout.column(name):
                values[name] = self._read(name, cells.yes_or_no, False)
        if self._layout.column("sample_fields"):
            nothing: list[str] = []
            values["sample_fields"] = self._read("sample_fields", cells.field_names, nothing)
        if self._layout.column("source"):
            values["source"] = self._read("source", lambda cell: cells.limited(cells.text_of(cell), 200), "")
        self._milestones()
        self._extra()
        return row

    def _cell(self, name: str) -> Cell:
        column = self._layout.column(name)
        return self._cells[column.index] if column else None

    def _is_of(self, finding: Finding, name: str) -> bool:
        column = self._layout.column(name)
        return column is not None and finding.place.column == column.index

    def _read(self, name: str, read: Callable[[Cell], T], otherwise: T) -> T:
        """What a cell means; what cannot be read becomes a refusal with its place."""
        column = self._layout.column(name)
        if column is None:
            return otherwise
        cell = self._cells[column.index]
        try:
            return read(cell)
        except Unreadable as fault:
            self._refuse(column, cell, fault)
            return otherwise

    def _refuse(self, column: Column | None, cell: Cell, fault: Unreadable) -> None:
        place = self._layout.place(self._row.row, column)
        finding = Finding(place, fault.reason, fault.cure, cells.as_shown(cell), fault.understood)
        self._row.refusals.append(finding)

    def _required(self, name: str, most: int, shape: Callable[[str], str]) -> Callable[[Cell], str]:
        column = self._layout.column(name)
        heading = column.heading if column else name

        def read(cell: Cell) -> str:
            return cells.limited(cells.required(shape(cells.text_of(cell)), heading), most)

        return read

    def _field(self) -> str:
        column = self._layout.column("field")
        text = self._read("field", cells.text_of, "")
        found = self._reader.field_for(text)
        if column and not found:
            self._refuse(column, None, Unreadable(_("The field of work is empty."), _("Please fill it in.")))
        if len(found) > 60:
            self._read("field", lambda cell: cells.limited(found, 60), "")
        return found

    def _bureaus(self) -> None:
        values, known, layout = self._row.values, self._reader.known, self._layout
        name = "lead" if layout.column("lead") else "owner"
        text = self._read(name, _names, "")
        told = bureau_names.parts(text)
        leads = bureau_names.split(told.get("lead", text), known)
        support = bureau_names.split(self._read("support", _names, ""), known)
        support += bureau_names.split(told.get("support", ""), known)
        if name == "lead" and layout.column("owner"):
            support += bureau_names.split(self._read("owner", _names, ""), known)
        elif name == "owner" and not layout.column("support") and len(leads) > 1 and not told:
            self._reader.register.notes["first_leads"] += 1
            leads, support = leads[:1], leads[1:]
        if column := layout.column(name):
            values["lead"] = self._one_lead(column, leads)
        if layout.column("support") or support:
            values["support"] = [one for one in dict.fromkeys(support) if one != values.get("lead")]

    def _one_lead(self, column: Column, leads: list[str]) -> str:
        if not leads:
            empty = Unreadable(_("The lead bureau is empty."), _("Name the one bureau that leads."))
            self._refuse(column, self._cells[column.index], empty)
            return ""
        if len(leads) > 1:
            fault = Unreadable(
                _("These are %(count)s bureaus; only one can lead.") % {"count": len(leads)},
                _("Leave one, and put the others under 配合单位."),
                "、".join(leads),
            )
            self._refuse(column, self._cells[column.index], fault)
        return leads[0]

    def _dates(self) -> None:
        programme = self._reader.programme
        either: tuple[Span | None, Span | None] = (None, None)
        start, due = self._read("period", lambda cell: read_range(cell, programme), either)
        start = self._read("starts_on", lambda cell: read_span(cell, programme), None) or start
        own_due = self._read("due_on", lambda cell: read_range(cell, programme), either)
        start, due = start or own_due[0], own_due[1] or due
        values, layout = self._row.values, self._layout
        self._note_first_of_month()
        if start is not None:
            values["starts_on"] = start.first
        if due is not None:
            values["due_on"], values["due_words"] = due.last, due.words[:60]
        column = layout.column("due_on") or layout.column("period")
        if due is None and column is not None and not self._has_refusal(column):
            fault = Unreadable(
                _("The due date is empty."), _("Write it as 2021-06-30; 长期 means the programme's end.")
            )
            self._refuse(column, self._cells[column.index], fault)
        if start and due and due.last < start.first:
            fault = Unreadable(
                _("The due date %(due)s is before the start %(start)s.")
                % {"due": due.last.isoformat(), "start": start.first.isoformat()},
                _("Correct one of the two dates."),
                due.last.isoformat(),
            )
            self._refuse(column, self._cells[column.index] if column else None, fault)

    def _note_first_of_month(self) -> None:
        """A real date may show its month alone, 2021年6月, and then means the last day; the file cannot tell."""
        cell = self._cell("due_on")
        if isinstance(cell, datetime.date) and cell.day == 1:
            self._reader.register.notes["first_of_month"] += 1

    def _has_refusal(self, column: Column) -> bool:
        return any(finding.place.column == column.index for finding in self._row.refusals)

    def _milestones(self) -> None:
        """From one cell, or from a column or two per milestone."""
        found: list[ReadMilestone] = []
        columns = [column for column in self._layout.columns if column.field.startswith("milestone")]
        if not columns:
            return
        for position, column in enumerate(columns):
            cell = self._cells[column.index]
            if column.field == "milestone_date" or cell is None:
                continue
            following = columns[position + 1] if position + 1 < len(columns) else None
            try:
                found += self._in_columns(column, cell, following)
            except Unreadable as fault:
                self._refuse(column, cell, fault)
        self._row.milestones = found
        for milestone in found:
            self._check_milestone(columns[0], milestone)

    def _in_columns(self, column: Column, cell: Cell, following: Column | None) -> list[ReadMilestone]:
        """A milestone whose day stands in the next column, or those that carry their own."""
        programme = self._reader.programme
        text = cells.text_of(cell)
        if (
            column.field == "milestone_title"
            and following is not None
            and following.field == "milestone_date"
        ):
            span = read_span(self._cells[following.index], programme)
            if span is not None:
                return [ReadMilestone(cells.one_line(text), span.last)]
        return read_milestones(text, programme)

    def _check_milestone(self, column: Column, milestone: ReadMilestone) -> None:
        """Inside its task's dates, and not too long."""
        values = self._row.values
        start: datetime.date | None = values.get("starts_on")
        due: datetime.date | None = values.get("due_on")
        words = {"title": milestone.title, "day": milestone.plan_on.isoformat()}
        fault = None
        if len(milestone.title) > 200:
            fault = Unreadable(
                _("Milestone “%(title)s” is too long.") % words, _("At most 200 characters fit.")
            )
        elif due and milestone.plan_on > due:
            fault = Unreadable(
                _("Milestone “%(title)s” (%(day)s) comes after the due date.") % words,
                _("Correct its date, or the due date %(due)s.") % {"due": due.isoformat()},
            )
        elif start and milestone.plan_on < start:
            fault = Unreadable(
                _("Milestone “%(title)s” (%(day)s) comes before the start.") % words,
                _("Correct its date, or the start %(start)s.") % {"start": start.isoformat()},
            )
        if fault is not None:
            self._refuse(column, self._cells[column.index], fault)

    def _extra(self) -> None:
        for column in self._layout.columns:
            if not column.field:
                cell = self._cells[column.index]
                self._row.extra.append([column.heading, cells.as_shown(cell)])
