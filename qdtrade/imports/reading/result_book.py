"""The uploaded sheet with what reading it said, row by row: the reasons stand beside the cells they are about."""

from collections.abc import Iterator, Mapping, Sequence
from typing import IO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from qdtrade.errors import Words
from qdtrade.tables import write_annotated

from .findings import Finding
from .layout import IGNORED, Layout
from .plan import Outcome, Planned

RESULT, REMARK = "导入结果", "导入说明"
"""Headings of our own, in Chinese whoever reads: the import knows them and leaves these columns out."""

OUTCOMES: dict[Outcome, Promise] = {
    Outcome.NEW: gettext_lazy("New"),
    Outcome.CHANGED: gettext_lazy("Changes"),
    Outcome.UNCHANGED: gettext_lazy("Unchanged"),
    Outcome.REFUSED: gettext_lazy("Refused"),
}


def result_book(
    layout: Layout, rows: Sequence[Planned], problems: Sequence[Finding], notes: Mapping[str, Words]
) -> IO[bytes]:
    """A temporary .xlsx file, open at its beginning, in the language of now; `notes` has the words of notes."""
    ours = {column.heading: column.index for column in layout.columns if column.field == IGNORED}
    width = max(map(len, layout.sheet.rows), default=0)
    first = ours.get(RESULT, width) if ours.get(REMARK) == ours.get(RESULT, -2) + 1 else width
    findings = [*problems, *(one for row in rows for one in row.refusals)]
    beside = {row.place.row - 1: (str(OUTCOMES[row.outcome]), "\n".join(_said(row, notes))) for row in rows}
    return write_annotated(
        layout.sheet,
        remarks=_remarks(findings, layout.sheet.name),
        beside={layout.last_heading: (RESULT, REMARK), **beside},
        first=first,
        without=frozenset(index for heading, index in ours.items() if heading in {RESULT, REMARK}),
    )


def _remarks(findings: list[Finding], sheet: str) -> dict[tuple[int, int], str]:
    """What is wrong with a cell, by its place."""
    found: dict[tuple[int, int], str] = {}
    for one in findings:
        place = one.place.row - 1, one.place.column
        if one.place.sheet == sheet and one.place.column >= 0:
            found[place] = "\n".join(text for text in (found.get(place), f"{one.reason} {one.cure}") if text)
    return found


def _said(row: Planned, notes: Mapping[str, Words]) -> Iterator[str]:
    """The reasons of a refused row, or what would be changed."""
    if row.outcome == Outcome.REFUSED:
        for one in row.refusals:
            yield f"{one.place} {one.place.heading}: {one.reason} {one.cure}".strip()
        return
    for change in row.changes:
        line = f"{change.heading or change.field}: {change.old or '—'} → {change.new or '—'}"
        yield f"{line}  {change.effect}".rstrip()
    for note in row.notes:
        yield str(notes[note])
