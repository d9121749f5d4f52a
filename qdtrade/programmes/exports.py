"""Registers as files that leave, CSV or .xlsx: filtered and cut to what the person sees, recorded, then sent."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import IO, Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.audit import past
from qdtrade.errors import Words
from qdtrade.tables import BadFile, Cell, safe_filename, write_csv, write_xlsx

from .actions import note_export
from .models import Export, Programme

MOST_ROWS = {"csv": 1_000_000, "jsonl": 1_000_000, "xlsx": 50_000}
"""A sheet holds little more than the first; an .xlsx leaves only when it is whole, and nobody waits for more."""

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
EXPLAINED_AT: dict[str, str] = {
    Export.What.TASKS: "tasks",
    Export.What.REPORTS: "reports",
    Export.What.EXPECTED_REPORTS: "reports",
    Export.What.PARTS: "parts",
    Export.What.PART_REPORTS: "part_reports",
    Export.What.PROJECTS: "projects",
    Export.What.PROJECT_UPDATES: "project_updates",
    Export.What.BREAKTHROUGHS: "breakthroughs",
}
"""The list whose page says how the figures over these rows come about."""

ON_SCREEN = "screen"
"""The value of `columns` that asks for those of the page; without it all leave."""

BATCH = 500
WIDTH = 14


@dataclass(frozen=True)
class Column:
    """One column: its heading, what stands in it for a row, and how wide it is in characters of an .xlsx file."""

    heading: Words
    value: Callable[[Any], Cell]
    width: int = WIDTH


@dataclass(frozen=True)
class Table:
    """What leaves. `made` turns each batch of rows into what the columns read, in a fixed number of queries.

    `written` holds the forms that the table writes itself, piece by piece; csv and xlsx are written from the columns.
    """

    what: Export.What
    rows: QuerySet[Any]
    columns: Sequence[Column]
    made: Callable[[Sequence[Any]], Iterable[Any]] = iter
    written: Mapping[str, Callable[[], Iterator[bytes]]] = field(default_factory=dict)

    @property
    def forms(self) -> list[str]:
        """The forms in which it leaves."""
        return sorted({"csv", "xlsx", *self.written})

    def pieces(self, form: str) -> Iterator[bytes]:
        """The file in a form that is sent while it is written."""
        return self.written[form]() if form in self.written else write_csv(self.lines())

    def lines(self) -> Iterator[list[Cell]]:
        """The headings, then the rows, batch by batch."""
        headings: list[Cell] = [str(column.heading) for column in self.columns]
        rows = self.rows.iterator(chunk_size=BATCH)
        batches = iter(lambda: list(islice(rows, BATCH)), [])
        cells = (
            [column.value(row) for column in self.columns] for batch in batches for row in self.made(batch)
        )
        return chain([headings], cells)


def wants_screen(asked: Mapping[str, str]) -> bool:
    """Whether the address asks for the columns of the page; raises ValidationError for a word it does not know."""
    columns = asked.get("columns", "")
    if columns not in {"", ON_SCREEN}:
        raise ValidationError(
            {"columns": _("Give “screen” for the columns of the page, or leave it out for all.")}
        )
    return columns == ON_SCREEN


def file_of(
    table: Table, *, programme: Programme, asked: Mapping[str, str], filters: Mapping[str, str], by: Any
) -> StreamingHttpResponse:
    """The table in the `format` that was asked for: sent while it is written, or xlsx.

    The export is recorded first, with the filters in use. Raises ValidationError for more rows than the file holds.
    """
    form = asked.get("format") or "csv"
    if form not in table.forms:
        words = _("Choose one of these: %(forms)s.") % {"forms": ", ".join(table.forms)}
        raise ValidationError({"format": words})
    count = table.rows.count()
    if count > MOST_ROWS[form]:
        raise ValidationError(_too_many(form) % {"rows": count, "most": MOST_ROWS[form]})
    chosen = {name: asked[name] for name in ("format", "columns") if asked.get(name)} | _as_of()
    note_export(programme, table.what, rows=count, filters={**filters, **chosen}, by=by)
    headers = {
        "Content-Disposition": content_disposition_header(True, file_name(programme, table.what, form)),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    if form == "xlsx":
        about = _about(table, programme, rows=count, filters={**filters, **_as_of()}, by=by)
        return FileResponse(_workbook(table, about), content_type=MEDIA_TYPES[form], headers=headers)
    pieces = _in_language(table.pieces(form), translation.get_language())
    return StreamingHttpResponse(pieces, content_type=MEDIA_TYPES[form], headers=headers)


def file_name(programme: Programme, what: str, ending: str) -> str:
    """The programme, what is in the file, and the day; of the past, the day that it shows."""
    day = f"{'as-of-' if past.current() else ''}{clock.today():%Y%m%d}"
    return safe_filename(f"{programme.code}-{what}-{day}.{ending}")


def _as_of() -> dict[str, str]:
    """The moment of the past that the file shows, for the record that it left."""
    look = past.current()
    return {"as_of": f"{look.moment.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"} if look else {}


def _too_many(form: str) -> str:
    if form == "xlsx":
        return _(
            "These are %(rows)d rows; at most %(most)d fit into an Excel file of ours. Narrow the filters, or take"
            " the CSV."
        )
    return _("These are %(rows)d rows; at most %(most)d fit into one file. Narrow the filters.")


def _about(
    table: Table, programme: Programme, *, rows: int, filters: Mapping[str, str], by: Any
) -> list[tuple[str, str]]:
    """What the file holds, of when, cut by what, and where its figures are explained."""
    now = clock.now().astimezone(clock.BEIJING)
    pairs = [
        (_("What"), str(table.what.label)),
        (_("Programme"), str(programme)),
        (_("Cut-off"), _("%(moment)s, Beijing time") % {"moment": f"{now:%Y-%m-%d %H:%M:%S}"}),
        (_("Rows"), f"{rows:,}"),
        (_("Made by"), str(by.name)),
        *((_("Filter: %(name)s") % {"name": name}, value) for name, value in filters.items()),
    ]
    listed = EXPLAINED_AT.get(table.what)
    if listed:
        asked = {name: value for name, value in filters.items() if name not in {"programme", "ordering"}}
        query = urlencode({"programme": programme.code, **asked})
        way = f"{settings.SITE_URL}{reverse('figures', args=[listed])}?{query}"
        pairs.append((_("How its figures come about"), way))
    return pairs


def _workbook(table: Table, about: list[tuple[str, str]]) -> IO[bytes]:
    widths = [column.width for column in table.columns]
    sheet = " ".join([str(table.what.label)[:20], *([f"{clock.today()}"] if past.current() else [])])
    try:
        return write_xlsx(table.lines(), sheet=sheet, widths=widths, about=(_("About this file"), about))
    except BadFile as fault:
        raise ValidationError(str(fault)) from None


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
