"""Writing the projects of a file: all of them or nothing, by the actions that register and change one."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from qdtrade.audit import trail
from qdtrade.errors import Stale
from qdtrade.imports.actions.journal import BATCH, Journal, kept
from qdtrade.imports.kinds import Progress
from qdtrade.imports.models import Import
from qdtrade.programmes.models import Programme
from tasks.models import Task

from .. import rules
from ..models import Gate, Partner, Project, ProjectPartner, ProjectTask, Sector
from ..written import PROJECT, marks
from .directory import Firm, create_sector
from .register import edit_project, register_project

Rows = dict[tuple[str, int], Any]
"""Rows by their kind and id."""


@dataclass(frozen=True)
class ProjectEntry:
    """A project to be registered (`pk` None) or changed; a sector goes by its name, since some are yet to be made.

    `firms`, `tasks` and `plans` are None where the file does not say.
    """

    code: str
    pk: int | None
    version: int
    fields: tuple[tuple[str, Any], ...]
    sector: str
    firms: tuple[Firm, ...] | None
    tasks: tuple[Task, ...] | None
    plans: tuple[tuple[str, datetime.date | None], ...]


def write_projects(
    entries: Sequence[ProjectEntry],
    programme: Programme,
    *,
    by: Any,
    file: str,
    progress: Progress,
    of: Import,
) -> None:
    """Register and change projects; one that changed since the file was compared stops everything."""
    acting = rules.runs_programme(programme, by)
    with trail.unit():
        writer = _Writer(entries, programme, by)
        for number, entry in enumerate(entries, 1):
            writer.write(entry)
            progress(number, len(entries))
        writer.keep(of)
        trail.record(programme, "import", by=by, acting=acting, comment=f"{file} {len(entries)}")


class _Writer:
    """One import being written, inside its unit, with the journal by which it can be taken back."""

    def __init__(self, entries: Sequence[ProjectEntry], programme: Programme, by: Any) -> None:
        self._programme = programme
        self._by = by
        self._sectors = {row.name: row for row in Sector.objects.filter(programme=programme)}
        self._stored = Project.objects.filter(programme=programme).in_bulk(
            [one.pk for one in entries if one.pk]
        )
        self._firms = set(Partner.objects.filter(programme=programme).values_list("pk", flat=True))
        self._journal = Journal()
        self._written: list[int] = []

    def write(self, entry: ProjectEntry) -> None:
        """One project, with its links and the days of its gates."""
        project = self._register(entry) if entry.pk is None else self._change(entry)
        self._note_firms(project)
        self._written.append(project.pk)

    def keep(self, of: Import) -> None:
        """Store the journal with its import; each project is marked as it was left."""
        for start in range(0, len(self._written), BATCH):
            batch = self._written[start : start + BATCH]
            self._journal.left(PROJECT, marks(Project.objects.filter(pk__in=batch)))
        self._journal.keep(of)

    def _register(self, entry: ProjectEntry) -> Project:
        if Project.objects.filter(programme=self._programme, code=entry.code).exists():
            raise Stale(_("Somebody else changed the projects in the meantime. Run the import again."))
        project = register_project(
            self._programme, by=self._by, code=entry.code, partners=entry.firms or (), tasks=entry.tasks or (),
            plans=dict(entry.plans), **self._fields(entry),
        )  # fmt: skip
        self._journal.made(_whole(project.pk).values())
        return project

    def _change(self, entry: ProjectEntry) -> Project:
        project = self._stored.get(entry.pk or 0)
        if project is None:
            raise Stale(_("Somebody else changed the projects in the meantime. Run the import again."))
        project.programme = self._programme
        before = _whole(project.pk)
        edit_project(
            project, self._fields(entry), by=self._by, seen=entry.version, partners=entry.firms, tasks=entry.tasks,
            plans=dict(entry.plans),
        )  # fmt: skip
        self._note(before, _whole(project.pk))
        return project

    def _note(self, before: Rows, after: Rows) -> None:
        """What became of the rows of one project; the project itself is noted in any case."""
        self._journal.made(row for key, row in after.items() if key not in before)
        for key, row in before.items():
            if key not in after:
                self._journal.removed(row)
                continue
            old, new = _values(row), _values(after[key])
            changed = {name: value for name, value in old.items() if value != new[name]}
            if changed or isinstance(row, Project):
                self._journal.changed(row, changed)

    def _note_firms(self, project: Project) -> None:
        linked = Partner.objects.filter(project_links__project=project)
        made = [firm for firm in linked if firm.pk not in self._firms]
        self._journal.made(made)
        self._firms |= {firm.pk for firm in made}

    def _fields(self, entry: ProjectEntry) -> dict[str, Any]:
        fields = dict(entry.fields)
        return fields | {"sector": self._sector(entry.sector)} if entry.sector else fields

    def _sector(self, name: str) -> Sector:
        """The sector of this name; one that is new gets the next number."""
        if name not in self._sectors:
            number = max((row.number for row in self._sectors.values()), default=0) + 1
            made = create_sector(self._programme, by=self._by, number=number, name=name)
            self._journal.made([made])
            self._sectors[name] = made
        return self._sectors[name]


def _whole(pk: int) -> Rows:
    """A project with what is written with it, as it is now."""
    rows: list[Any] = [Project.objects.get(pk=pk)]
    for model in (ProjectPartner, ProjectTask, Gate):
        rows += model._default_manager.filter(project=pk).order_by("pk")
    return {(trail.kind_of(row), row.pk): row for row in rows}


def _values(row: Any) -> dict[str, Any]:
    return {name: kept(row, name) for name in row.recorded}
