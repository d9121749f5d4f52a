"""Undoing what an import wrote, by the journal that it kept: each app says which rows go, and in which order."""

from typing import Any

from django.db import models

from qdtrade.audit import trail
from qdtrade.programmes.actions.removing import remove_rows
from qdtrade.programmes.models import Membership

from ..built_on import is_unused
from ..models import Import, ImportedRow
from .journal import restored

ACTION = "take_back"
What = ImportedRow.What
Model = type[models.Model]


class Undoing:
    """One import being undone, inside the unit of its move, which has seen to it that nothing built on it."""

    def __init__(self, row: Import, *, by: Any, acting: Membership) -> None:
        self._row = row
        self._by = by
        self._acting = acting

    def remove(self, model: Model, *related: str) -> None:
        """What is new goes; `related` is what the names of the rows need."""
        rows = self._rows(model, What.MADE).select_related(*related)
        remove_rows(rows, ACTION, by=self._by, acting=self._acting)

    def set_back(self, model: Model, *related: str) -> None:
        """What was written over is as it was."""
        before = dict(self._noted(model, What.CHANGED).values_list("object_id", "before"))
        for row in self._rows(model, What.CHANGED).select_related(*related).order_by("pk"):
            if changes := trail.apply(row, restored(model, before[row.pk])):
                trail.record(row, ACTION, by=self._by, acting=self._acting, changes=changes)

    def bring_back(self, model: Model, *links: str) -> None:
        """What was removed is there again; `links` are the rows that it joins."""
        rows = [model(**restored(model, one.before)) for one in self._noted(model, What.REMOVED)]
        for name in links:
            field: Any = model._meta.get_field(name)
            joined = field.related_model._default_manager.in_bulk(
                [getattr(row, field.attname) for row in rows]
            )
            for row in rows:
                setattr(row, name, joined[getattr(row, field.attname)])
        trail.create_many(rows, by=self._by, acting=self._acting, action=ACTION)

    def clear_away(self, model: Model) -> None:
        """What is new goes, unless somebody uses it by now."""
        for row in self._rows(model, What.MADE):
            if is_unused(row):
                trail.delete(row, by=self._by, acting=self._acting, action=ACTION)

    def _noted(self, model: Model, what: str) -> Any:
        return self._row.rows.filter(kind=trail.kind_of(model), what=what).order_by("object_id")

    def _rows(self, model: Model, what: str) -> Any:
        return model._default_manager.filter(pk__in=self._noted(model, what).values("object_id"))


def hold(row: Import, *written: Model) -> None:
    """Hold the programme and what an import wrote until the act ends, so that nothing can begin to build on it."""
    trail.lock(row.programme)
    for model in written:
        noted = row.rows.filter(kind=trail.kind_of(model)).values("object_id")
        rows = model._default_manager.select_for_update(of=("self",)).filter(pk__in=noted)
        list(rows.order_by("pk").values_list("pk"))
