"""Undoing what an import of the register wrote."""

from typing import Any

from qdtrade.accounts.models import Bureau
from qdtrade.imports.actions.undoing import Undoing, hold
from qdtrade.imports.models import Import
from qdtrade.programmes.models import Membership

from ..models import Field, Milestone, Task, TaskBureau


def undo(row: Import, by: Any, acting: Membership) -> None:
    """Changed rows as they were, new ones gone; fields and bureaus made for it too, if nobody uses them. The caller has
    seen to it that nothing built on it.
    """
    undoing = Undoing(row, by=by, acting=acting)
    undoing.remove(TaskBureau, "task", "bureau")
    undoing.bring_back(TaskBureau, "task", "bureau")
    undoing.remove(Milestone, "task")
    undoing.set_back(Milestone, "task")
    undoing.set_back(Task, "programme")
    undoing.remove(Task)
    undoing.clear_away(Field)
    undoing.clear_away(Bureau)


def lock_tasks(row: Import) -> None:
    """Hold the tasks and milestones that an import wrote."""
    hold(row, Task, Milestone)
