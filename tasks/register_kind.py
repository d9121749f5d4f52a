"""The register as a kind of import: who may, how a file is compared, and how it is taken back."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from qdtrade.imports.kinds import DryRun, Kind, Progress, TakingBack
from qdtrade.imports.models import Import
from qdtrade.imports.reading.result_book import result_book
from qdtrade.programmes.models import Role
from qdtrade.programmes.rules import runs_programme
from qdtrade.tables import Workbook

from . import import_rules
from .actions.importing import Batch, apply
from .actions.taking_back import lock_tasks, undo
from .imports import plan
from .imports.choices import from_form, options_of
from .imports.summary import counts_of, digest_of, summary_of
from .imports.wording import FIELDS, NOTES
from .views.import_page import dry_run


def compare(row: Import, book: Workbook, by: Any, progress: Progress) -> DryRun:
    """What the file would do to the register of the programme."""
    options = options_of(row.choices)
    found = plan(book, row.programme.code, by=by, options=options, progress=progress)
    return DryRun(
        counts=counts_of(found),
        summary=summary_of(found),
        digest=digest_of(found),
        workbook=lambda: result_book(found.register.layout, found.rows, found.problems, NOTES),
        write=partial(_write, found.batch) if found.batch is not None else None,
    )


def _write(batch: Batch, row: Import, by: Any, progress: Progress) -> None:
    apply(batch, by=by, progress=progress, of=row)


def _choose(row: Import, data: Mapping[str, str]) -> dict[str, Any]:
    return from_form(data, row.summary, row.choices, row.programme.region)


REGISTER = Kind(
    name="register",
    readers=(Role.MANAGER, Role.ADMIN, Role.AUDITOR),
    reads=import_rules.reads_imports,
    runs=runs_programme,
    compare=compare,
    choose=_choose,
    shows=dry_run,
    addresses="task",
    stock="task_list",
    title=_("Import the register"),
    stock_title=_("Task register"),
    hint=_("Title rows, merged cells and several bureaus in a cell are understood."),
    columns=FIELDS,
    taking_back=TakingBack(locks=lock_tasks, refuses=import_rules.nothing_built_on, undo=undo),
)
