"""Registers as CSV files that leave: filtered and cut to what the person sees, recorded, then streamed."""

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.errors import Words
from qdtrade.tables import Cell, safe_filename, write_csv

from .actions import note_export
from .models import Programme

MOST_ROWS = 1_000_000
"""More does not fit into a spreadsheet."""

BATCH = 500


@dataclass(frozen=True)
class Column:
    """One column: its heading, and what stands in it for a row."""

    heading: Words
    value: Callable[[Any], Cell]


def file_of(rows: QuerySet[Any], columns: Sequence[Column], *, programme: Programme, what: str,
            asked: dict[str, str], by: Any) -> StreamingHttpResponse:  # fmt: skip
    """The rows as a CSV that is written while it is sent; the export, and what was `asked` for, is recorded first.

    Raises ValidationError for more rows than a spreadsheet holds.
    """
    count = rows.count()
    if count > MOST_ROWS:
        words = _("These are %(rows)d rows; at most %(most)d fit into one file. Narrow the filters.")
        raise ValidationError(words % {"rows": count, "most": MOST_ROWS})
    note_export(programme, what, rows=count, filters=asked, by=by)
    headings: list[Cell] = [str(column.heading) for column in columns]
    cells = ([column.value(row) for column in columns] for row in rows.iterator(chunk_size=BATCH))
    name = safe_filename(f"{programme.code}-{what}-{clock.today():%Y%m%d}.csv")
    return StreamingHttpResponse(
        _in_language(write_csv(chain([headings], cells)), translation.get_language()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name), "Cache-Control": "no-store"},
    )


def _in_language(pieces: Iterator[bytes], language: str | None) -> Iterator[bytes]:
    """The pieces, each made in this language: they are asked for when the request is over and its language gone."""
    while True:
        with translation.override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


def yes_no(value: bool) -> str:
    return _("yes") if value else _("no")


def moment(value: datetime.datetime | None) -> Cell:
    """In Beijing's time."""
    return value.astimezone(clock.BEIJING) if value else None
