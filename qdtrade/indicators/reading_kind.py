"""Readings as a kind of import: who may, how a file is compared, and what it submits."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from qdtrade.imports.flat_kinds import choose, chosen_of, columns_of, dry_run_of, shows
from qdtrade.imports.kinds import DryRun, Kind, Progress
from qdtrade.imports.models import Import
from qdtrade.imports.reading.flat import Sheet
from qdtrade.programmes.models import Role
from qdtrade.tables import Workbook

from .actions.importing import write_readings
from .imports import TABLE, read_readings
from .rules import manages_programme, reads_imports


def compare(row: Import, book: Workbook, by: Any, progress: Progress) -> DryRun:
    """What the file would submit to the programme, by the rights of whoever uploaded it."""
    importer = row.added_by
    importer.forget()
    sheet = read_readings(book, row.programme, chosen_of(row), by=importer)
    return dry_run_of(sheet, partial(_write, sheet))


def _write(sheet: Sheet, row: Import, by: Any, progress: Progress) -> None:
    write_readings(sheet.entries(), row.programme, by=by, file=row.name, progress=progress)


READINGS = Kind(
    name="readings",
    readers=(Role.MANAGER, Role.AUDITOR),
    reads=reads_imports,
    runs=manages_programme,
    compare=compare,
    choose=partial(choose, TABLE),
    shows=partial(shows, _("Reading"), [_("Owner"), _("Value"), _("Source")], "reading", TABLE),
    addresses="reading",
    stock="indicator_list",
    title=_("Import readings"),
    stock_title=_("Indicators"),
    hint=_(
        "A row is a reading, known by the indicator's code and the period. What it submits is approved by another"
        " reviewer; only then it is in force."
    ),
    columns=columns_of(TABLE),
    act="upload_readings",
)
