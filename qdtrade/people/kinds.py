"""Bureaus and people as kinds of import."""

from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from qdtrade.errors import Words
from qdtrade.imports.flat_kinds import choose, chosen_of, columns_of, dry_run_of, shows
from qdtrade.imports.kinds import DryRun, Kind, Progress
from qdtrade.imports.models import Import
from qdtrade.imports.reading.flat import Sheet
from qdtrade.programmes.models import Role
from qdtrade.tables import Workbook

from . import bureau_file, person_file, rules
from .actions.bureaus import write_bureaus
from .actions.members import write_people


def compare_bureaus(row: Import, book: Workbook, by: Any, progress: Progress) -> DryRun:
    """What the file would do to the bureaus of the programme's region."""
    sheet = bureau_file.read_bureaus(book, row.programme.region, chosen_of(row))
    return dry_run_of(sheet, partial(_write_bureaus, sheet))


def _write_bureaus(sheet: Sheet, row: Import, by: Any, progress: Progress) -> None:
    write_bureaus(sheet.entries(), row.programme.region, by=by, file=row.name, progress=progress)


def compare_people(row: Import, book: Workbook, by: Any, progress: Progress) -> DryRun:
    """What the file would do to the people of the programme, by the rights of whoever uploaded it."""
    importer = row.added_by
    importer.forget()
    sheet = person_file.read_people(book, row.programme, chosen_of(row), by=importer)
    return dry_run_of(sheet, partial(_write_people, sheet))


def _write_people(sheet: Sheet, row: Import, by: Any, progress: Progress) -> None:
    write_people(sheet.entries(), row.programme, by=by, of=row, progress=progress)


def _links(row: Import) -> tuple[str, Words]:
    """Who is new gets a link."""
    return f"{reverse('people_links')}?programme={row.programme.code}&import={row.pk}", gettext_lazy(
        "Links for new people"
    )


BUREAUS = Kind(
    name="bureaus",
    readers=(Role.ADMIN,),
    reads=rules.keeps,
    runs=rules.keeps,
    compare=compare_bureaus,
    choose=partial(choose, bureau_file.TABLE),
    shows=partial(
        shows,
        gettext_lazy("Bureau"),
        [gettext_lazy("Short name"), gettext_lazy("Kind"), gettext_lazy("Stands below")],
        "admin:accounts_bureau_change",
        bureau_file.TABLE,
    ),
    addresses="bureau",
    stock="admin:accounts_bureau_changelist",
    title=gettext_lazy("Import bureaus"),
    stock_title=gettext_lazy("Bureaus"),
    hint=gettext_lazy("A row is a bureau, known by its code; what stands above it may be in the same file."),
    columns=columns_of(bureau_file.TABLE),
    act="upload_bureaus",
    is_of_server=True,
)

PEOPLE = Kind(
    name="people",
    readers=(Role.ADMIN,),
    reads=rules.keeps,
    runs=rules.keeps,
    compare=compare_people,
    choose=partial(choose, person_file.TABLE),
    shows=partial(
        shows,
        gettext_lazy("Person"),
        [gettext_lazy("Role"), gettext_lazy("Bureau"), gettext_lazy("From")],
        "",
        person_file.TABLE,
    ),
    addresses="people",
    stock="people",
    title=gettext_lazy("Import people"),
    stock_title=gettext_lazy("People"),
    hint=gettext_lazy(
        "A row is one role of one person, known by the account; several rows may be of one person."
    ),
    columns=columns_of(person_file.TABLE),
    act="upload_people",
    then=_links,
    is_of_server=True,
)
