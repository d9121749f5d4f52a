"""Projects as a kind of import: who may, how a file is compared, and what it writes."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from qdtrade.imports.flat_kinds import choose, chosen_of, columns_of, dry_run_of, shows
from qdtrade.imports.kinds import DryRun, Kind, Progress, TakingBack
from qdtrade.imports.models import Import
from qdtrade.imports.reading.flat import Sheet
from qdtrade.programmes.models import Programme, Role
from qdtrade.programmes.rules import runs_programme
from qdtrade.tables import Workbook

from .actions.importing import write_projects
from .actions.taking_back import lock_projects, undo
from .import_rules import nothing_built_on
from .imports import TABLE, read_projects
from .rules import reads_imports


def compare(row: Import, book: Workbook, by: Any, progress: Progress) -> DryRun:
    """What the file would do to the projects of the programme, by the rights of whoever uploaded it."""
    importer = row.added_by
    importer.forget()
    sheet = read_projects(book, row.programme, chosen_of(row), by=importer)
    return dry_run_of(sheet, partial(_write, sheet))


def _write(sheet: Sheet, row: Import, by: Any, progress: Progress) -> None:
    programme: Programme = row.programme
    write_projects(sheet.entries(), programme, by=by, file=row.name, progress=progress, of=row)


PROJECTS = Kind(
    name="projects",
    readers=(Role.MANAGER, Role.ADMIN, Role.AUDITOR),
    reads=reads_imports,
    runs=runs_programme,
    compare=compare,
    choose=partial(choose, TABLE),
    shows=partial(
        shows,
        _("Project"),
        [_("Carrier"), _("Sector"), _("Planned investment")],
        "project",
        TABLE,
    ),
    addresses="project",
    stock="project_list",
    title=_("Import projects"),
    stock_title=_("Signed projects"),
    hint=_("A row is a project, known by its code. State, gates and money are never changed by a file."),
    columns=columns_of(TABLE),
    act="upload_projects",
    taking_back=TakingBack(locks=lock_projects, refuses=nothing_built_on, undo=undo),
)
