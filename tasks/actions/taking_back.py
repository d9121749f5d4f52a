"""Undoing what an import wrote."""

from typing import Any

from qdtrade.accounts.models import Bureau
from qdtrade.audit import trail
from qdtrade.imports.actions.journal import restored
from qdtrade.imports.models import Import, ImportedRow
from qdtrade.programmes.actions.removing import remove_rows
from qdtrade.programmes.models import Membership

from .. import import_rules
from ..models import Field, Milestone, Task, TaskBureau
from ..written import BUREAU, FIELD, LINK, MILESTONE, TASK

ACTION = "take_back"
What = ImportedRow.What


class Undoing:
    """One import being undone, inside the unit of its move, which has seen to it that nothing built on it."""

    def __init__(self, row: Import, *, by: Any, acting: Membership) -> None:
        self._row = row
        self._by = by
        self._acting = acting

    def undo(self) -> None:
        """Changed rows as they were, new ones gone; fields and bureaus made for it too, if nobody uses them."""
        self._remove(TaskBureau, LINK, "task", "bureau")
        self._bring_back_links()
        self._remove(Milestone, MILESTONE, "task")
        self._set_back(Milestone, MILESTONE, "task")
        self._set_back(Task, TASK, "programme")
        self._remove(Task, TASK)
        self._clear_away(Field, FIELD)
        self._clear_away(Bureau, BUREAU)

    def _noted(self, kind: str, what: str) -> Any:
        return self._row.rows.filter(kind=kind, what=what).order_by("object_id")

    def _remove(self, model: Any, kind: str, *related: str) -> None:
        made = self._noted(kind, What.MADE).values("object_id")
        rows = model._default_manager.filter(pk__in=made).select_related(*related)
        remove_rows(rows, ACTION, by=self._by, acting=self._acting)

    def _bring_back_links(self) -> None:
        removed = self._noted(LINK, What.REMOVED)
        links = [TaskBureau(**restored(TaskBureau, one.before)) for one in removed]
        tasks = Task.objects.in_bulk([link.task_id for link in links])
        bureaus = Bureau.objects.in_bulk([link.bureau_id for link in links])
        for link in links:
            link.task, link.bureau = tasks[link.task_id], bureaus[link.bureau_id]
        trail.create_many(links, by=self._by, acting=self._acting, action=ACTION)

    def _set_back(self, model: Any, kind: str, *related: str) -> None:
        before = dict(self._noted(kind, What.CHANGED).values_list("object_id", "before"))
        rows = model._default_manager.filter(pk__in=self._noted(kind, What.CHANGED).values("object_id"))
        for row in rows.select_related(*related).order_by("pk"):
            if changes := trail.apply(row, restored(model, before[row.pk])):
                trail.record(row, ACTION, by=self._by, acting=self._acting, changes=changes)

    def _clear_away(self, model: Any, kind: str) -> None:
        for row in model._default_manager.filter(pk__in=self._noted(kind, What.MADE).values("object_id")):
            if import_rules.is_unused(row):
                trail.delete(row, by=self._by, acting=self._acting, action=ACTION)


def undo(row: Import, by: Any, acting: Membership) -> None:
    """Undo what the import wrote; the caller has seen to it that nothing built on it."""
    Undoing(row, by=by, acting=acting).undo()


def lock_tasks(row: Import) -> None:
    """Hold the programme and what an import wrote until the act ends, so that nothing can begin to build on it."""
    trail.lock(row.programme)
    for model, kind in ((Task, TASK), (Milestone, MILESTONE)):
        noted = row.rows.filter(kind=kind).values("object_id")
        rows = model._default_manager.select_for_update(of=("self",)).filter(pk__in=noted)
        list(rows.order_by("pk").values_list("pk"))
