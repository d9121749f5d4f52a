"""What the kinds of import have in common whose file is a flat table: one row for one thing, one column for a field."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from qdtrade.errors import Words

from .kinds import DryRun, Write
from .models import Import
from .reading.choices import columns_chosen
from .reading.flat import Sheet, Table
from .reading.layout import IGNORED
from .shown import Row, change, cut


def columns_of(table: Table) -> dict[str, Words]:
    """What a column may be read as."""
    return {**table.columns, IGNORED: gettext_lazy("not imported")}


def chosen_of(row: Import) -> dict[str, str]:
    """What a person chose some columns to be read as."""
    return dict(row.choices.get("columns", {}))


def choose(table: Table, row: Import, data: Mapping[str, str]) -> dict[str, Any]:
    """The choices of a form."""
    return {"columns": columns_chosen(data, row.summary, chosen_of(row), columns_of(table))}


def dry_run_of(sheet: Sheet, write: Write) -> DryRun:
    """What a sheet that was read and planned would do."""
    return DryRun(
        counts=sheet.counts(),
        summary=sheet.summary(),
        digest=sheet.digest(),
        workbook=sheet.workbook,
        write=None if sheet.is_refused else write,
    )


def shows(
    noun: Words, headings: Sequence[Words], place: str, table: Table, request: HttpRequest, row: Import
) -> dict[str, Any]:
    """The new and the changed rows; a stored one leads to its page."""
    summary, counts, words = row.summary, row.counts, columns_of(table)

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
