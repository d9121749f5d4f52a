"""Bureaus and people as kinds of import."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from qdtrade.errors import Words
from qdtrade.imports.kinds import DryRun, Kind, Progress
from qdtrade.imports.models import Import
from qdtrade.imports.reading.choices import columns_chosen
from qdtrade.imports.reading.flat import Sheet, Table
from qdtrade.imports.reading.layout import IGNORED
from qdtrade.imports.shown import Row, change, cut
from qdtrade.programmes.models import Role
from qdtrade.tables import Workbook

from . import bureau_file, person_file, rules
from .actions.bureaus import write_bureaus
from .actions.members import write_people


def _columns(table: Table) -> dict[str, Words]:
    return {**table.columns, IGNORED: gettext_lazy("not imported")}


def _chosen(row: Import) -> dict[str, str]:
    return dict(row.choices.get("columns", {}))


def _choose(table: Table, row: Import, data: Mapping[str, str]) -> dict[str, Any]:
    return {"columns": columns_chosen(data, row.summary, _chosen(row), _columns(table))}


def _dry_run(sheet: Sheet, write: Any) -> DryRun:
    return DryRun(
        counts=sheet.counts(),
        summary=sheet.summary(),
        digest=sheet.digest(),
        workbook=sheet.workbook,
        write=None if sheet.is_refused else write,
    )


def compare_bureaus(row: Import, book: Workbook, by: Any, progress: Progress) -> DryRun:
    """What the file would do to the bureaus of the programme's region."""
    sheet = bureau_file.read_bureaus(book, row.programme.region, _chosen(row))
    return _dry_run(sheet, partial(_write_bureaus, sheet))


def _write_bureaus(sheet: Sheet, row: Import, by: Any, progress: Progress) -> None:
    write_bureaus(sheet.entries(), row.programme.region, by=by, file=row.name, progress=progress)


def compare_people(row: Import, book: Workbook, by: Any, progress: Progress) -> DryRun:
    """What the file would do to the people of the programme, by the rights of whoever uploaded it."""
    importer = row.added_by
    importer.forget()
    sheet = person_file.read_people(book, row.programme, _chosen(row), by=importer)
    return _dry_run(sheet, partial(_write_people, sheet))


def _write_people(sheet: Sheet, row: Import, by: Any, progress: Progress) -> None:
    write_people(sheet.entries(), row.programme, by=by, of=row, progress=progress)


def _shows(
    noun: Words, headings: list[Words], place: str, table: Table, request: HttpRequest, row: Import
) -> dict[str, Any]:
    """The new and the changed rows; a stored one leads to its page."""
    summary, counts, words = row.summary, row.counts, _columns(table)

    def shown(one: Mapping[str, Any], more: Mapping[str, Any] | None = None) -> Row:
        url = reverse(place, args=[one["pk"]]) if place and one["pk"] else ""
        return Row(one["code"], one["title"], url, one["cells"], more=more or {})

    return {
        "code_heading": str(table.fields[0].words),
        "noun": str(noun),
        "new_headings": [str(heading) for heading in headings],
        "new": cut([shown(one) for one in summary["new"]], counts["new"]),
        "changed": cut([shown(one, change(one, words)) for one in summary["changed"]], counts["places"]),
    }


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
    choose=partial(_choose, bureau_file.TABLE),
    shows=partial(
        _shows,
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
    columns=_columns(bureau_file.TABLE),
    act="upload_bureaus",
    is_of_server=True,
)

PEOPLE = Kind(
    name="people",
    readers=(Role.ADMIN,),
    reads=rules.keeps,
    runs=rules.keeps,
    compare=compare_people,
    choose=partial(_choose, person_file.TABLE),
    shows=partial(
        _shows,
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
    columns=_columns(person_file.TABLE),
    act="upload_people",
    then=_links,
    is_of_server=True,
)
