"""Writing the projects of a file: all of them or nothing, by the actions that register and change one."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from qdtrade.audit import trail
from qdtrade.errors import Stale
from qdtrade.imports.kinds import Progress
from qdtrade.programmes.models import Programme
from tasks.models import Task

from .. import rules
from ..models import Project, Sector
from .directory import Firm, create_sector
from .register import edit_project, register_project


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
    entries: Sequence[ProjectEntry], programme: Programme, *, by: Any, file: str, progress: Progress
) -> None:
    """Register and change projects; one that changed since the file was compared stops everything."""
    acting = rules.runs_programme(programme, by)
    with trail.unit():
        sectors = {row.name: row for row in Sector.objects.filter(programme=programme).order_by("number")}
        stored = Project.objects.filter(programme=programme).in_bulk([one.pk for one in entries if one.pk])
        for number, entry in enumerate(entries, 1):
            _write(entry, programme, stored, sectors, by)
            progress(number, len(entries))
        trail.record(programme, "import", by=by, acting=acting, comment=f"{file} {len(entries)}")


def _write(
    entry: ProjectEntry, programme: Programme, stored: dict[int, Project], sectors: dict[str, Sector], by: Any
) -> None:
    fields = dict(entry.fields)
    if entry.sector:
        fields["sector"] = _sector(entry.sector, programme, sectors, by)
    plans = dict(entry.plans)
    if entry.pk is None:
        if Project.objects.filter(programme=programme, code=entry.code).exists():
            raise Stale(_("Somebody else changed the projects in the meantime. Run the import again."))
        register_project(
            programme, by=by, code=entry.code, partners=entry.firms or (), tasks=entry.tasks or (), plans=plans,
            **fields,
        )  # fmt: skip
        return
    project = stored.get(entry.pk)
    if project is None:
        raise Stale(_("Somebody else changed the projects in the meantime. Run the import again."))
    project.programme = programme
    edit_project(
        project, fields, by=by, seen=entry.version, partners=entry.firms, tasks=entry.tasks, plans=plans
    )


def _sector(name: str, programme: Programme, sectors: dict[str, Sector], by: Any) -> Sector:
    """The sector of this name; one that is new gets the next number."""
    if name not in sectors:
        number = max((row.number for row in sectors.values()), default=0) + 1
        sectors[name] = create_sector(programme, by=by, number=number, name=name)
    return sectors[name]
