"""A dry run as it is kept and shown: bounded, and in no language (DECISIONS 13)."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from qdtrade.tables import Caution, letters

from .findings import Finding
from .layout import Layout
from .plan import Outcome, Planned
from .said import kept

SHOWN = 50
"""Rows of a kind that are kept for the page; the workbook has them all."""
_LONGEST = 300

R = TypeVar("R", bound=Planned)


def counts_of(rows: Sequence[Planned], problems: Sequence[Finding]) -> dict[str, int]:
    """The figures of a dry run."""
    by_outcome = Counter(row.outcome for row in rows)
    return {
        "new": by_outcome[Outcome.NEW],
        "changed": by_outcome[Outcome.CHANGED],
        "places": sum(len(row.changes) for row in rows if row.outcome == Outcome.CHANGED),
        "unchanged": by_outcome[Outcome.UNCHANGED],
        "refused": by_outcome[Outcome.REFUSED],
        "all": len(rows),
        "problems": len(problems),
        "unknown": 0,
    }


def of_rows(
    rows: Sequence[R],
    problems: Sequence[Finding],
    cautions: Sequence[Caution],
    about: Callable[[R], dict[str, Any]],
) -> dict[str, Any]:
    """What is refused, new and changed, the first fifty of each; `about` names a row."""
    refused = [(row, one) for row in rows if row.outcome == Outcome.REFUSED for one in row.refusals]
    changes = [(row, one) for row in rows if row.outcome == Outcome.CHANGED for one in row.changes]
    return {
        "problems": [finding(one) for one in problems[:SHOWN]],
        "refused": [finding(one) | about(row) for row, one in refused[:SHOWN]],
        "new": [about(row) for row in [one for one in rows if one.outcome == Outcome.NEW][:SHOWN]],
        "changed": [
            about(row)
            | {"field": one.field, "heading": one.heading, "old": cut(one.old), "new": cut(one.new)}
            | {"effect": kept(one.effect)}
            for row, one in changes[:SHOWN]
        ],
        "cautions": [{"code": one.code, "params": one.params} for one in cautions[:SHOWN]],
    }


def cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def finding(one: Finding) -> dict[str, Any]:
    return {
        "sheet": one.place.sheet,
        "row": one.place.row,
        "column": one.place.letters,
        "heading": one.place.heading,
        "found": cut(one.found),
        "understood": cut(one.understood),
        "reason": kept(one.reason),
        "cure": kept(one.cure),
    }


def file_of(layout: Layout, rows: Sequence[int]) -> dict[str, Any]:
    """Where in the file the table stands; rows as the spreadsheet counts them."""
    return {
        "sheet": layout.sheet.name,
        "others": layout.others[:20],
        "first_heading": layout.first_heading + 1,
        "last_heading": layout.last_heading + 1,
        "first_row": min(rows, default=0),
        "last_row": max(rows, default=0),
    }


def columns_of(layout: Layout, rows: Sequence[Planned]) -> list[dict[str, Any]]:
    """Which column was read as which field, and in how many of its cells something is refused."""
    refused = Counter(one.place.column for row in rows for one in row.refusals if one.place.column >= 0)
    return [
        {
            "letters": letters(one.index),
            "heading": one.heading,
            "key": one.key,
            "field": one.field,
            "refused": refused[one.index],
        }
        for one in layout.columns
    ]
