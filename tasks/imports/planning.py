"""Comparing a whole file with the register. Reads the database, changes nothing, holds no transaction."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from qdtrade.accounts.models import Bureau
from qdtrade.imports.reading.dates import Span
from qdtrade.imports.reading.directory import Directory
from qdtrade.imports.reading.findings import Finding, Place
from qdtrade.imports.reading.said import said as _
from qdtrade.programmes.models import Programme
from qdtrade.programmes.rules import runs_programme, runs_server
from qdtrade.tables import Workbook
from qdtrade.templatetags.words import listed

from ..actions.importing import Batch, NewProgramme, TaskEntry, seen
from ..models import Field, Task
from . import codes
from .compare import OTHER_FIELD, Comparison, compare_new, compare_stored
from .layout import find_register
from .plan import Options, Outcome, Plan, PlannedRow, RecognisedBureau, UnknownBureau
from .register import RegisterRow
from .rows import read_rows
from .titles import Titles, read_titles

Progress = Callable[[int, int], None]


def plan(
    book: Workbook, code: str, *, by: Any, options: Options | None = None, progress: Progress | None = None
) -> Plan:
    """Read a workbook and compare it with the register of the programme of this code.

    Raises Unreadable where the file holds no register, NotAllowed for anybody who does not run the programme.
    """
    programme = Programme.objects.select_related("region").filter(code=code).first()
    if programme is None:
        runs_server(by)
    else:
        runs_programme(programme, by)
    planner = _Planner(book, code, programme, options or Options())
    return planner.plan(progress or (lambda _done, _all: None))


class _Planner:
    """One file on its way to a plan."""

    def __init__(self, book: Workbook, code: str, programme: Programme | None, options: Options) -> None:
        layout = find_register(book, options.columns)
        self._code = code
        self._options = options
        self._stored = programme
        self._titles = read_titles(layout.titles, layout.sheet.name)
        self._region = programme.region if programme else _region(self._titles)
        self._directory = Directory(self._region, options.bureaus)
        span = Span(programme.starts_on, programme.ends_on) if programme else self._titles.dates
        self._register = read_rows(layout, span, self._directory.names)
        self._span = span or self._span_of_rows()
        self._plan = Plan(book.name, self._register, options, programme)
        self._plan.cautions = book.cautions
        self._plan.problems = list(layout.notes)

    def plan(self, progress: Progress) -> Plan:
        result = self._plan
        if self._stored is None:
            result.programme = self._new_programme()
        numbers = self._field_numbers()
        made = codes.settle(self._register, numbers)
        stored = self._stored_tasks()
        matched = codes.match(self._register, stored, made=made, renumbered=self._options.renumbered)
        self._check_columns(any(row.row not in matched for row in self._register.rows))
        self._check_fields(numbers, matched)
        self._find_bureaus()
        entries = self._compare(matched, progress)
        result.not_in_file = len(stored.keys() - {row.code for row in result.rows})
        if result.programme is not None and not result.is_refused:
            result.batch = self._batch(result.programme, entries)
        return result

    def _batch(self, programme: Programme | NewProgramme, entries: list[TaskEntry]) -> Batch:
        names = {name for entry in entries for name in (entry.lead, *(entry.supporting or ())) if name}
        found = {name: bureau for name in names if (bureau := self._directory.find(name)) is not None}
        new = [one.name for one in self._plan.unknown if one.is_to_be_made]
        return Batch(programme, self._plan.file, found, new, self._plan.new_fields, entries)

    def _problem(self, place: Place, reason: str, cure: str, found: str = "", understood: str = "") -> None:
        self._plan.problems.append(Finding(place, reason, cure, found, understood))

    def _new_programme(self) -> NewProgramme | None:
        """What would be made of the title rows; a problem says what is missing."""
        titles, span = self._titles, self._span
        place = Place(self._register.layout.sheet.name, 1)
        found = " ".join(self._register.layout.titles)
        if not self._options.create_programme:
            reason = _("There is no programme %(code)s.") % {"code": self._code}
            cure = _("Correct the code, or add --create-programme to make it from the title rows.")
            self._problem(place, reason, cure, found, _in_words(titles, span))
            return None
        if not titles.name or span is None:
            reason = _("The title rows do not give the programme's name and dates.")
            cure = _("Write them above the headings, as in “青岛市…试点任务台账（2020年8月—2023年8月）”.")
            self._problem(place, reason, cure, found, _in_words(titles, span))
            return None
        if self._region is None and not (self._options.create_bureaus and titles.region):
            reason = _("The region of the programme is not known.")
            self._problem(
                place, reason, _("Make the region first, or add --create-bureaus."), found, titles.region
            )
            return None
        return NewProgramme(self._code, titles.name, span.first, span.last, self._region, titles.region)

    def _span_of_rows(self) -> Span | None:
        """From the first start to the last due date of the tasks."""
        starts = [row.values["starts_on"] for row in self._register.rows if "starts_on" in row.values]
        dues = [row.values["due_on"] for row in self._register.rows if "due_on" in row.values]
        return Span(min(starts), max(dues)) if starts and dues and min(starts) < max(dues) else None

    def _field_numbers(self) -> dict[str, int]:
        if self._stored is None:
            return {}
        return dict(
            Field.objects.filter(programme=self._stored).order_by("number").values_list("name", "number")
        )

    def _stored_tasks(self) -> dict[str, Task]:
        if self._stored is None:
            return {}
        rows = Task.objects.filter(programme=self._stored).for_list().order_by("pk")
        return {task.code: task for task in rows}

    def _check_columns(self, has_new: bool) -> None:
        """There must be tasks, and for new ones the columns without which none can be registered."""
        layout = self._register.layout
        place = layout.place(layout.last_heading)
        if not self._register.rows:
            self._problem(
                place, _("No task stands below the headings."), _("Choose the file that holds the register.")
            )
        if layout.column("title") is None:
            reason = _("There is no column “%(heading)s”.") % {"heading": "任务举措"}
            self._problem(place, reason, _("Say which column holds the task."))
        needed = {"lead": "牵头单位", "standard": "完成标准", "due_on": "完成时限"}
        for name, heading in needed.items():
            if has_new and self._register.column_of(name) is None:
                reason = _("There is no column “%(heading)s”.") % {"heading": heading}
                self._problem(place, reason, _("New tasks need it. Add the column, or correct its heading."))

    def _check_fields(self, numbers: dict[str, int], matched: dict[int, Task]) -> None:
        """A programme without fields takes them from the file; later an unknown one is more likely a slip."""
        names = [
            row.values["field"] or (OTHER_FIELD if row.row not in matched else "")
            for row in self._register.rows
        ]
        new = [name for name in dict.fromkeys(names) if name and name not in numbers]
        if not numbers or set(new) <= {OTHER_FIELD}:
            self._plan.new_fields = new
            return
        for row in self._register.rows:
            if row.values["field"] in new:
                reason = _("The programme has no field “%(name)s”.") % {"name": row.values["field"]}
                cure = _("Its fields are: %(names)s.") % {"names": listed(numbers)}
                self._register.refuse(row, "field", reason, cure)

    def _find_bureaus(self) -> None:
        """Those that no bureau is called, and those that are another name of one."""
        unknown: dict[str, UnknownBureau] = {}
        recognised: dict[str, RecognisedBureau] = {}
        for row, part, name in self._named_bureaus():
            found = self._directory.find(name)
            if found is None:
                if name not in unknown:
                    unknown[name] = self._unknown(row, part, name)
                unknown[name].rows += 1
            elif (how := self._directory.how(name)) != "own":
                recognised.setdefault(name, RecognisedBureau(name, found, how)).rows += 1
        self._plan.unknown = list(unknown.values())
        self._plan.recognised = list(recognised.values())

    def _unknown(self, row: RegisterRow, part: str, name: str) -> UnknownBureau:
        options = self._options
        made = options.create_bureaus or options.bureaus.get(name, 0) is None
        place = self._register.layout.place(row.row, self._register.column_of(part))
        return UnknownBureau(name, self._directory.nearest(name), place, is_to_be_made=made)

    def _named_bureaus(self) -> Iterable[tuple[RegisterRow, str, str]]:
        for row in self._register.rows:
            if row.values.get("lead"):
                yield row, "lead", row.values["lead"]
            for name in row.values.get("support", []):
                yield row, "support", name

    def _compare(self, matched: dict[int, Task], progress: Progress) -> list[TaskEntry]:
        """Fill in the plan's rows; gives what would be written."""
        rows = self._register.rows
        entries = []
        for number, row in enumerate(rows, 1):
            task = matched.get(row.row)
            compared = compare_stored(row, task, self._directory) if task else compare_new(row, self._span)
            for name, reason, cure in compared.refusals:
                self._register.refuse(row, name, reason, cure)
            self._plan.rows.append(self._planned(row, task, compared))
            if not row.refusals and (task is None or compared.changes):
                looked_at = seen(task, task.links.all(), task.milestones.all()) if task else None
                entries.append(compared.entry(row.code, looked_at))
            if number % 500 == 0 or number == len(rows):
                progress(number, len(rows))
        return entries

    def _planned(self, row: RegisterRow, task: Task | None, compared: Comparison) -> PlannedRow:
        outcome = Outcome.NEW if task is None else Outcome.CHANGED if compared.changes else Outcome.UNCHANGED
        return PlannedRow(
            place=self._register.layout.place(row.row),
            code=row.code,
            title=row.values.get("title", ""),
            lead=row.values.get("lead", ""),
            due_on=row.values.get("due_on"),
            outcome=Outcome.REFUSED if row.refusals else outcome,
            task=task,
            sample=task or _sample(row),
            changes=[self._with_heading(change) for change in compared.changes],
            refusals=row.refusals,
            notes=compared.notes,
        )

    def _with_heading(self, change: Any) -> Any:
        column = self._register.column_of(change.field)
        return change if change.heading or column is None else replace(change, heading=column.heading)


def _sample(row: RegisterRow) -> Task:
    """What a new row says about its own provenance."""
    names = ("source", "is_sample", "sample_fields")
    return Task(**{name: row.values[name] for name in names if name in row.values})


def _region(titles: Titles) -> Bureau | None:
    """The region a new programme belongs to: the one its title names, or the only one there is."""
    regions = list(Bureau.objects.filter(kind=Bureau.Kind.REGION).order_by("pk"))
    named = [region for region in regions if titles.name.startswith((region.name, region.short_name))]
    if named:
        return named[0]
    return regions[0] if len(regions) == 1 and titles.region in {"", regions[0].name} else None


def _in_words(titles: Titles, span: Span | None) -> str:
    dates = f"{span.first.isoformat()} – {span.last.isoformat()}" if span else ""
    return " ".join(part for part in (titles.name, dates) if part)
