"""Undoing what an import of projects wrote."""

from typing import Any

from qdtrade.imports.actions.undoing import Undoing, hold
from qdtrade.imports.models import Import
from qdtrade.programmes.models import Membership

from ..models import Gate, Partner, Project, ProjectPartner, ProjectTask, Sector


def undo(row: Import, by: Any, acting: Membership) -> None:
    """Changed projects as they were, new ones gone; partners and sectors made for it too, if nobody uses them. The
    caller has seen to it that nothing built on it.
    """
    undoing = Undoing(row, by=by, acting=acting)
    for link, to in ((ProjectPartner, "partner"), (ProjectTask, "task")):
        undoing.remove(link, "project", to)
        undoing.bring_back(link, "project", to)
    undoing.set_back(ProjectPartner, "project", "partner")
    undoing.remove(Gate, "project")
    undoing.set_back(Gate, "project")
    undoing.set_back(Project, "programme")
    undoing.remove(Project)
    undoing.clear_away(Partner)
    undoing.clear_away(Sector)


def lock_projects(row: Import) -> None:
    """Hold the projects and gates that an import wrote."""
    hold(row, Project, Gate)
