"""What a kind of import says of its rows on a page; knows no door."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from qdtrade.errors import Words
from qdtrade.templatetags.words import listed

from .models import Import
from .reading.said import told

FIRST = 20
"""Rows of a long list that the page shows; all of them are in the workbook."""
LONG = 50


@dataclass(frozen=True)
class Row:
    """A row of the file as the page shows it; bears what `sample_mark` asks of a task."""

    code: str
    title: str
    url: str = ""
    cells: Sequence[str] = ()
    source: str = ""
    is_sample: bool = False
    sample_fields: Sequence[str] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """A list, cut where it is long: its rows, and how many there are in all."""

    rows: list[Any]
    total: int

    @property
    def is_cut(self) -> bool:
        return len(self.rows) < self.total


def may_choose(request: HttpRequest, row: Import) -> bool:
    """Whether the reader decides about names and columns of the file."""
    return row.status == row.Status.READ and row.added_by_id == request.user.pk


def cut(rows: list[Any], total: int) -> Shown:
    """All rows of a list up to fifty, the first twenty of a longer one."""
    return Shown(rows if total <= LONG else rows[:FIRST], max(total, len(rows)))


def change(one: Mapping[str, Any], columns: Mapping[str, Words]) -> dict[str, Any]:
    """A changed field of a row: its name, old and new, and what the change leaves alone."""
    words = columns.get(one["field"])
    name = str(words) if words else one["heading"]
    return {"field": name, "old": one["old"], "new": one["new"], "effect": told(one["effect"])}


def notes(summary: Mapping[str, Any], words: Mapping[str, Words]) -> list[dict[str, Any]]:
    """What a person should know about the file, in the words that its kind has for notes."""
    return [
        {"words": str(words[one["note"]]), "count": one["count"], "codes": listed(one["codes"])}
        for one in summary["notes"]
    ]
