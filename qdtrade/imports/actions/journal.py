"""What an import wrote, row by row, kept so that it can be taken back."""

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import models

from qdtrade.audit import trail

from ..models import Import, ImportedRow

BATCH = 500


class Journal:
    """Gathers the rows of one import; `keep` stores them, inside the unit that wrote them."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, int], ImportedRow] = {}

    def made(self, rows: Iterable[models.Model]) -> None:
        """These rows are new."""
        for row in rows:
            self._note(row, ImportedRow.What.MADE, {})

    def changed(self, row: models.Model, before: dict[str, Any]) -> None:
        """These fields of a row were written over."""
        self._note(row, ImportedRow.What.CHANGED, before)

    def removed(self, row: Any) -> None:
        """A row is about to go."""
        self._note(row, ImportedRow.What.REMOVED, {name: kept(row, name) for name in row.recorded})

    def left(self, kind: str, marks: Mapping[int, str]) -> None:
        """All of these rows is written; a mark of each stands for it as it is now."""
        for pk, mark in marks.items():
            self._rows[kind, pk].mark = mark

    def keep(self, of: Import) -> None:
        """Store the rows with their import."""
        for row in self._rows.values():
            row.upload = of
        ImportedRow.objects.bulk_create(self._rows.values(), batch_size=BATCH)

    def _note(self, row: models.Model, what: str, before: dict[str, Any]) -> None:
        kind = trail.kind_of(row)
        self._rows[kind, row.pk] = ImportedRow(kind=kind, what=what, object_id=row.pk, before=before)


def kept(row: models.Model, name: str) -> Any:
    """A field's value as JSON; a link is the other row's id."""
    value = getattr(row, row._meta.get_field(name).attname)  # type: ignore[union-attr]
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, datetime.date) else value


def restored(model: type[models.Model], before: dict[str, Any]) -> dict[str, Any]:
    """The same values as the model takes them, by the names of its columns."""
    fields = [(model._meta.get_field(name), value) for name, value in before.items()]
    return {field.attname: field.to_python(value) for field, value in fields}  # type: ignore[union-attr]
