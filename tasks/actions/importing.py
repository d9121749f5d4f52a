"""Writing a whole register at once: all of it or nothing, one event per row that is new or differs.

What is to be written was read, checked and compared outside any transaction (`tasks.imports`). Here the rows are
locked, what was seen of them is compared once more, and only then written.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from qdtrade.accounts.actions import create_bureau
from qdtrade.accounts.models import Bureau
from qdtrade.audit import trail
from qdtrade.errors import Stale
from qdtrade.imports.actions.journal import Journal, kept
from qdtrade.imports.kinds import Progress
from qdtrade.imports.models import Import
from qdtrade.programmes.actions import create_programme
from qdtrade.programmes.models import Membership, Programme

from .. import rules
from ..models import Field, Milestone, Task, TaskBureau
from ..models.task import UNDECLINED
from ..written import TASK, marks

BATCH = 500
"""Rows asked for or inserted by one statement."""


@dataclass(frozen=True)
class NewProgramme:
    """A programme to be made, in a region that is there or, by name, to be made too."""

    code: str
    name: str
    starts_on: datetime.date
    ends_on: datetime.date
    region: Bureau | None
    region_name: str = ""


@dataclass(frozen=True)
class MilestoneEntry:
    """A milestone to be added (`pk` None) or brought up to date."""

    number: int
    title: str
    plan_on: datetime.date
    pk: int | None = None


@dataclass(frozen=True)
class Seen:
    """What a stored task looked like when it was compared."""

    pk: int
    version: int
    links: frozenset[tuple[int, str]]
    milestones: frozenset[tuple[int, str, datetime.date, datetime.date | None]]


@dataclass(frozen=True)
class TaskEntry:
    """A task to be registered (`seen` None) or changed. Bureaus and fields go by name, since some are yet to be made.

    `lead` and `supporting` are None where they stay as they are.
    """

    code: str
    values: dict[str, Any]
    field: str | None
    lead: str | None
    supporting: tuple[str, ...] | None
    milestones: tuple[MilestoneEntry, ...]
    seen: Seen | None = None


@dataclass
class Batch:
    """Everything one import writes."""

    programme: Programme | NewProgramme
    file: str
    bureaus: dict[str, Bureau]
    new_bureaus: list[str] = field(default_factory=list)
    new_fields: list[str] = field(default_factory=list)
    entries: list[TaskEntry] = field(default_factory=list)


def apply(batch: Batch, *, by: Any, progress: Progress | None = None, of: Import | None = None) -> Programme:
    """Write the batch in one unit and return its programme; what is needed to take it back is kept with `of`.

    Raises NotAllowed for anybody who does not run the programme, and Stale where a row is no longer as it was
    compared; then nothing is written.
    """
    with trail.unit():
        writer = _Writer(batch, by, progress or (lambda _done, _all: None))
        programme = writer.write()
        if of is not None:
            writer.journal.keep(of)
        return programme


class _Writer:
    """One import being written, inside its unit."""

    def __init__(self, batch: Batch, by: Any, progress: Progress) -> None:
        self._batch = batch
        self._by = by
        self._progress = progress
        self.journal = Journal()
        self._programme = self._made_programme()
        self._acting: Membership = rules.runs_programme(self._programme, by)
        trail.lock(self._programme)
        self._bureaus = batch.bureaus | self._made_bureaus()
        self._by_pk = {bureau.pk: bureau for bureau in self._bureaus.values()}
        self._fields = self._made_fields()

    def write(self) -> Programme:
        new = [entry for entry in self._batch.entries if entry.seen is None]
        changed = [entry for entry in self._batch.entries if entry.seen is not None]
        total = len(self._batch.entries)
        for start in range(0, len(new), BATCH):
            self._register(new[start : start + BATCH])
            self._progress(min(start + BATCH, len(new)), total)
        for start in range(0, len(changed), BATCH):
            self._change(changed[start : start + BATCH])
            self._progress(min(len(new) + start + BATCH, total), total)
        words = f"{self._batch.file} +{len(new)} ~{len(changed)}"
        trail.record(self._programme, "import", by=self._by, acting=self._acting, comment=words)
        return self._programme

    def _made_programme(self) -> Programme:
        wanted = self._batch.programme
        if isinstance(wanted, Programme):
            return wanted
        region = wanted.region or create_bureau(f"{wanted.code}-region", by=self._by, name=wanted.region_name)
        return create_programme(
            wanted.code,
            by=self._by,
            name=wanted.name,
            region=region,
            starts_on=wanted.starts_on,
            ends_on=wanted.ends_on,
            source=self._batch.file,
        )

    def _made_bureaus(self) -> dict[str, Bureau]:
        """Unknown bureaus, below the region; their codes go on counting."""
        region = self._programme.region
        used = set(Bureau.objects.filter(region=region).values_list("code", flat=True))
        codes = (code for number in range(1, 100_000) if (code := f"n{number:03}") not in used)
        made = {
            name: create_bureau(
                next(codes), by=self._by, name=name, short_name=name[:40], parent=region, acting=self._acting
            )
            for name in self._batch.new_bureaus
        }
        self.journal.made(made.values())
        return made

    def _made_fields(self) -> dict[str, Field]:
        have = {row.name: row for row in Field.objects.filter(programme=self._programme)}
        first = max((row.number for row in have.values()), default=0) + 1
        names = [name for name in self._batch.new_fields if name not in have]
        rows = [
            Field(programme=self._programme, number=number, name=name)
            for number, name in enumerate(names, first)
        ]
        self._create(rows, "create")
        return have | {row.name: row for row in rows}

    def _create(self, rows: Sequence[Any], action: str) -> None:
        trail.create_many(rows, by=self._by, acting=self._acting, action=action)
        self.journal.made(rows)

    def _register(self, entries: list[TaskEntry]) -> None:
        """New tasks with their bureaus and milestones."""
        codes = [entry.code for entry in entries]
        if Task.objects.filter(programme=self._programme, code__in=codes).exists():
            raise Stale(_("Somebody else changed the register in the meantime. Run the import again."))
        tasks = [self._task(entry) for entry in entries]
        self._create(tasks, "register")
        links: list[TaskBureau] = []
        milestones: list[Milestone] = []
        for task, entry in zip(tasks, entries, strict=True):
            links.append(TaskBureau(task=task, bureau=task.lead, part=TaskBureau.Part.LEAD))
            links += [self._support(task, name) for name in entry.supporting or ()]
            milestones += [self._milestone(task, one) for one in entry.milestones]
        self._create(links, "register")
        self._create(milestones, "register")
        self._left([task.pk for task in tasks])

    def _left(self, pks: list[int]) -> None:
        """All of these tasks is written; they are marked as they are now."""
        self.journal.left(TASK, marks(Task.objects.filter(pk__in=pks)))

    def _task(self, entry: TaskEntry) -> Task:
        assert entry.field is not None and entry.lead is not None
        return Task(
            programme=self._programme,
            code=entry.code,
            field=self._fields[entry.field],
            lead=self._bureaus[entry.lead],
            registered_at=trail.began(),
            **entry.values,
        )

    def _support(self, task: Task, name: str) -> TaskBureau:
        return TaskBureau(task=task, bureau=self._bureaus[name], part=TaskBureau.Part.SUPPORT)

    def _milestone(self, task: Task, entry: MilestoneEntry) -> Milestone:
        baseline = entry.plan_on if task.accepted_at else None
        return Milestone(
            task=task, number=entry.number, title=entry.title, plan_on=entry.plan_on, baseline_on=baseline
        )

    def _change(self, entries: list[TaskEntry]) -> None:
        """Changed tasks, locked in the order of their ids and looked at once more."""
        wanted = {entry.seen.pk: entry for entry in entries if entry.seen}
        locked = Task.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=wanted)
        tasks = list(locked.select_related("field", "lead", "programme").order_by("pk"))
        links = _by_task(TaskBureau.objects.filter(task__in=wanted).select_related("bureau"))
        milestones = _by_task(Milestone.objects.filter(task__in=wanted))
        if len(tasks) != len(wanted):
            raise Stale(_("Somebody else changed the register in the meantime. Run the import again."))
        for task in tasks:
            entry = wanted[task.pk]
            if seen(task, links.get(task.pk, []), milestones.get(task.pk, [])) != entry.seen:
                raise Stale(
                    _("%(task)s changed after the file was compared. Run the import again.") % {"task": task}
                )
            self.journal.changed(task, {})
            self._change_bureaus(task, entry, links.get(task.pk, []))
            self._change_milestones(task, entry, milestones.get(task.pk, []))
            self._change_task(task, entry)
        self._left(list(wanted))

    def _change_task(self, task: Task, entry: TaskEntry) -> None:
        fields = dict(entry.values)
        if entry.field is not None:
            fields["field"] = self._fields[entry.field]
        if entry.lead is not None:
            fields |= {"lead": self._bureaus[entry.lead], "assigned_at": trail.began()} | UNDECLINED
        self._apply(task, fields)

    def _apply(self, obj: Any, fields: dict[str, Any]) -> None:
        before = {name: kept(obj, name) for name in fields}
        if changes := trail.apply(obj, fields):
            trail.record(obj, "edit", by=self._by, acting=self._acting, changes=changes)
            self.journal.changed(obj, {name: before[name] for name in changes})

    def _change_bureaus(self, task: Task, entry: TaskEntry, links: list[TaskBureau]) -> None:
        """The links a task shall have: what is gone is removed first, so that a bureau may change its part."""
        if entry.lead is None and entry.supporting is None:
            return
        parts = {link.bureau_id: str(link.part) for link in links}
        wanted = self._parts(entry, parts)
        for link in links:
            link.task = task
            if wanted.get(link.bureau_id) != link.part:
                self.journal.removed(link)
                trail.delete(link, by=self._by, acting=self._acting)
        self._create(
            [
                TaskBureau(task=task, bureau=self._by_pk[pk], part=part)
                for pk, part in wanted.items()
                if parts.get(pk) != part
            ],
            "register",
        )

    def _parts(self, entry: TaskEntry, parts: dict[int, str]) -> dict[int, str]:
        lead, support = TaskBureau.Part.LEAD.value, TaskBureau.Part.SUPPORT.value
        wanted = {pk: part for pk, part in parts.items() if part == TaskBureau.Part.FORMER}
        if entry.supporting is None:
            wanted |= {pk: part for pk, part in parts.items() if part == support}
        else:
            wanted |= {self._bureaus[name].pk: support for name in entry.supporting}
        if entry.lead is None:
            return wanted | {pk: part for pk, part in parts.items() if part == lead}
        return wanted | {self._bureaus[entry.lead].pk: lead}

    def _change_milestones(self, task: Task, entry: TaskEntry, milestones: list[Milestone]) -> None:
        """Milestones are added and brought up to date, never removed; a baseline stays as it is."""
        have = {milestone.pk: milestone for milestone in milestones}
        for one in entry.milestones:
            if one.pk is not None:
                milestone = have[one.pk]
                milestone.task = task
                self._apply(milestone, {"title": one.title, "plan_on": one.plan_on})
        self._create([self._milestone(task, one) for one in entry.milestones if one.pk is None], "register")


def seen(task: Task, links: Iterable[TaskBureau], milestones: Iterable[Milestone]) -> Seen:
    """What a comparison rests on; asked again under the lock."""
    return Seen(
        task.pk,
        task.version,
        frozenset((link.bureau_id, str(link.part)) for link in links),
        frozenset((one.number, one.title, one.plan_on, one.actual_on) for one in milestones),
    )


def _by_task(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.task_id, []).append(row)
    return found
