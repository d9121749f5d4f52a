"""Projects as a file has them, beside those that are stored. Reads the database, changes nothing."""

import copy
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from qdtrade import money
from qdtrade.imports.reading import cells, flat
from qdtrade.imports.reading.directory import Directory
from qdtrade.imports.reading.findings import Unreadable
from qdtrade.imports.reading.flat import Row, Sheet
from qdtrade.imports.reading.said import said as _
from qdtrade.programmes.models import Programme
from qdtrade.tables import Workbook
from qdtrade.templatetags import days
from tasks.models import Task

from .. import rules, uscc
from ..actions.directory import Firm
from ..actions.importing import ProjectEntry
from ..actions.register import fill_in_yuan
from ..models import Currency, Project, Sector, SigningEvent
from .table import AMOUNTS, PLANS, TABLE, amount

PLAIN = (
    "name", "kind", "event", "carrier", "officers", "signed_on", *AMOUNTS, "currency", "rate", "rate_on", "countable",
    "uncountable_reason", "source",
)  # fmt: skip
Firms = tuple[Firm, ...] | None
Tasks = tuple[Task, ...] | None
"""None where the file has no such column."""

NEEDED = ("kind", "sector", "carrier", "signed_on")
"""What a new project needs beside its code, its name and its amount."""


def read_projects(book: Workbook, programme: Programme, chosen: Mapping[str, str], *, by: Any) -> Sheet:
    """What the file would do to the projects of a programme. Raises Unreadable where it holds none."""
    sheet = flat.read_sheet(book, TABLE, chosen)
    _Reader(sheet, programme, by).plan()
    return sheet


class _Reader:
    """One file on its way to a plan."""

    def __init__(self, sheet: Sheet, programme: Programme, by: Any) -> None:
        self._sheet, self._programme = sheet, programme
        rows = Project.objects.visible_to(by).filter(programme=programme).for_list().with_tasks(by)
        self._stored = {project.code: project for project in rows.in_order()}
        self._directory = Directory(programme.region)
        self._events = {
            event.code: event for event in SigningEvent.objects.filter(programme=programme).order_by("pk")
        }
        self._tasks = {
            task.code: task for task in Task.objects.visible_to(by).filter(programme=programme).order_by("pk")
        }
        self._sectors = {row.name: row for row in Sector.objects.filter(programme=programme).order_by("pk")}
        self._times = Counter(row.values.get("code") for row in sheet.rows)

    def plan(self) -> None:
        for row in self._sheet.rows:
            self._plan_row(row)
        in_file = {row.values.get("code") for row in self._sheet.rows}
        self._sheet.not_in_file = len(self._stored.keys() - in_file)

    def _plan_row(self, row: Row) -> None:
        code = row.values.get("code") or ""
        stored = self._stored.get(code)
        if code and self._times[code] > 1:
            self._sheet.refuse(row, "code", _("This code stands in several rows."), _("Leave one of them."))
        self._read_amounts(row)
        values = self._values(row, stored)
        firms, tasks = self._firms(row), self._served(row)
        extra = self._extra(row)
        if extra is not None:
            values["extra"] = extra
        plans = {name.removeprefix("plan_"): row.values[name] for name in PLANS if name in row.values}
        if not row.refusals:
            self._check(row, stored, values)
        self._plan(row, code, stored, values, firms, tasks, plans)

    def _read_amounts(self, row: Row) -> None:
        """Amounts by the unit that the heading names."""
        for name in AMOUNTS:
            column = self._sheet.layout.column(name)
            if column is None:
                continue
            try:
                row.values[name] = amount(row.values.get(name), column.heading)
            except Unreadable as fault:
                self._sheet.refuse(row, name, fault.reason, fault.cure, fault.understood)
                row.values[name] = None

    def _values(self, row: Row, stored: Project | None) -> dict[str, Any]:
        """The plain fields that the file has, rows in the place of names; what is empty stays as the model has it."""
        found = {name: row.values[name] for name in PLAIN if name in row.values}
        for name in ("currency", "countable", "kind"):
            if name in found and found[name] in ("", None):
                del found[name]
        if "event" in found:
            found["event"] = self._event(row, found["event"])
        if "carrier" in found:
            found["carrier"] = self._carrier(row, found["carrier"])
        for name in ("carrier", "signed_on", "planned_investment"):
            if stored is not None and name in found and found[name] is None:
                del found[name]
        if stored is None:
            for name in NEEDED:
                if not row.values.get(name) and not row.refusals:
                    self._sheet.refuse(row, name, _("A new project needs this."), _("Please fill it in."))
            if row.values.get("is_sample") is not None:
                found["is_sample"] = row.values["is_sample"]
        return found

    def _event(self, row: Row, text: str) -> SigningEvent | None:
        if not text:
            return None
        found = self._events.get(text) or next(
            (event for event in self._events.values() if text in {str(event), event.fair}), None
        )
        if found is None:
            self._sheet.refuse(
                row, "event", _("There is no signing event “%(name)s”.") % {"name": text},
                _("Add it in the administration first, and write its code."),
            )  # fmt: skip
        return found

    def _carrier(self, row: Row, text: str) -> Any:
        if not text:
            return None
        found = self._directory.find(text)
        if found is None:
            near = self._directory.nearest(text)
            self._sheet.refuse(
                row, "carrier", _("No bureau is called “%(name)s”.") % {"name": text},
                _("Write its name as it stands here."), str(near or ""),
            )  # fmt: skip
        return found

    def _firms(self, row: Row) -> tuple[Firm, ...] | None:
        if "partners" not in row.values:
            return None
        for firm in row.values["partners"] or ():
            code = uscc.tidy(firm.uscc)
            if code and not uscc.is_right(code):
                self._sheet.refuse(
                    row, "partners", _("The code of %(firm)s is not right.") % {"firm": firm.name},
                    _("Compare its 18 figures and capitals; the last one checks the others."),
                )  # fmt: skip
        return row.values["partners"] or ()

    def _served(self, row: Row) -> tuple[Task, ...] | None:
        if "tasks" not in row.values:
            return None
        codes = row.values["tasks"] or ()
        missing = [code for code in codes if code not in self._tasks]
        if missing:
            self._sheet.refuse(
                row, "tasks", _("There is no task %(codes)s.") % {"codes": ", ".join(missing)},
                _("Write the codes of the task register."),
            )  # fmt: skip
        return tuple(self._tasks[code] for code in codes if code in self._tasks)

    def _extra(self, row: Row) -> list[list[str]] | None:
        """Columns that mean nothing to us, kept in their order and exported back; None where there are none."""
        columns = [column for column in self._sheet.layout.columns if not column.field and column.heading]
        if not columns:
            return None
        sheet = self._sheet.layout.sheet
        found = [(one.heading, cells.text_of(sheet.cell(row.number, one.index))) for one in columns]
        return [[heading, text] for heading, text in found if text]

    def _check(self, row: Row, stored: Project | None, values: Mapping[str, Any]) -> None:
        """What would be refused when it is written is refused now, by the column concerned."""
        trial = copy.copy(stored) if stored else Project(programme=self._programme, code=row.values["code"])
        for name, value in values.items():
            setattr(trial, name, value)
        sector = row.values.get("sector")
        if sector or stored is None:
            trial.sector = self._sectors.get(sector or "") or Sector(
                programme=self._programme, name=sector or ""
            )
        fill_in_yuan(trial)
        if trial.planned_investment is None:
            self._sheet.refuse(
                row, "planned_investment", _("A new project needs this."), _("Please fill it in.")
            )
            return
        for check in (trial.clean, lambda: rules.check_project(trial)):
            try:
                check()
            except ValidationError as fault:
                for name, words in fault.message_dict.items():
                    self._sheet.refuse(row, name, " ".join(words), _("Correct it in the file."))

    def _plan(self, row: Row, code: str, stored: Project | None, values: dict[str, Any], firms: Firms,
              tasks: Tasks, plans: dict[str, Any]) -> None:  # fmt: skip
        sector = row.values.get("sector") or ""
        changes = self._changes(stored, values, sector, firms, tasks, plans) if stored is not None else []
        if stored is not None:
            values = {name: value for name, value in values.items() if getattr(stored, name) != value}
            have = {gate.step: gate.plan_on for gate in stored.gates.all()}
            plans = {step: day for step, day in plans.items() if have.get(step) != day}
            firms = None if firms is not None and _same_firms(stored, firms) else firms
            sector = "" if sector == stored.sector.name else sector
        entry = ProjectEntry(
            code=code,
            pk=stored.pk if stored else None,
            version=stored.version if stored else 0,
            fields=tuple(values.items()),
            sector=sector,
            firms=firms,
            tasks=tasks,
            plans=tuple(plans.items()),
        )
        shown = (
            str(values.get("carrier") or ""),
            row.values.get("sector") or "",
            f"{money.yi(values.get('planned_investment'))} 亿元".strip(),
        )
        self._sheet.add(
            row, code=code, title=row.values.get("name") or (stored.name if stored else ""),
            pk=stored.pk if stored else None, cells=shown, changes=changes, entry=entry,
        )  # fmt: skip

    def _changes(self, stored: Project, values: Mapping[str, Any], sector: str, firms: Firms, tasks: Tasks,
                 plans: Mapping[str, Any]) -> list[Any]:  # fmt: skip
        """How the file differs from what is stored, field by field."""
        found = [
            self._sheet.change(name, _words(name, getattr(stored, name)), _words(name, value))
            for name, value in values.items()
            if getattr(stored, name) != value
        ]
        if sector and sector != stored.sector.name:
            found.append(self._sheet.change("sector", stored.sector.name, sector))
        if firms is not None and not _same_firms(stored, firms):
            found.append(self._sheet.change("partners", _listed(stored.partners), _listed(firms)))
        if tasks is not None and {task.pk for task in tasks} != {task.pk for task in stored.served}:
            old, new = (" ".join(task.code for task in some) for some in (stored.served, tasks))
            found.append(self._sheet.change("tasks", old, new))
        for gate in stored.gates.all():
            if gate.step in plans and gate.plan_on != plans[gate.step]:
                old, new = days.iso(gate.plan_on), days.iso(plans[gate.step])
                found.append(self._sheet.change(f"plan_{gate.step}", old, new))
        return found


def _same_firms(stored: Project, firms: tuple[Firm, ...]) -> bool:
    """Whether a file names the partners that a project has, in their order."""
    have = [(one.name, one.uscc) for one in stored.partners]
    return have == [(firm.name, uscc.tidy(firm.uscc)) for firm in firms]


def _listed(some: Any) -> str:
    return "、".join(one.name for one in some)


def _words(name: str, value: Any) -> str:
    """A field's value as people read it."""
    if value is None or value == "":
        return ""
    if name in AMOUNTS:
        return money.plain(value)
    if name == "kind":
        return str(Project.Kind(value).label)
    if name == "currency":
        return str(Currency(value).label)
    return str(value)
