"""Changing the register by hand."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade.audit import trail
from qdtrade.errors import Stale
from qdtrade.programmes.models import Programme

from .. import rules
from ..models import Field, Milestone, Task, TaskBureau


def create_field(programme: Programme, *, by: Any, number: int, name: str) -> Field:
    """A new field of work."""
    acting = rules.runs_programme(programme, by)
    with trail.unit():
        return trail.create(Field(programme=programme, number=number, name=name), by=by, acting=acting)


def create_task(programme: Programme, *, by: Any, lead: Any, milestones: list[tuple[str, Any]],
                supporting: tuple[Any, ...] = (), **fields: Any) -> Task:  # fmt: skip
    """Register a task with its bureaus and at least one milestone (title, planned day)."""
    acting = rules.runs_programme(programme, by)
    if not milestones:
        raise ValidationError({"milestones": _("A task needs at least one milestone.")})
    with trail.unit() as unit:
        task = Task(programme=programme, lead=lead, registered_at=unit.began, **fields)
        trail.create(task, by=by, acting=acting, action="register")
        links = [(lead, TaskBureau.Part.LEAD), *((bureau, TaskBureau.Part.SUPPORT) for bureau in supporting)]
        for bureau, part in links:
            trail.create(
                TaskBureau(task=task, bureau=bureau, part=part), by=by, acting=acting, action="register"
            )
        for number, (title, plan_on) in enumerate(milestones, 1):
            row = Milestone(task=task, number=number, title=title, plan_on=plan_on)
            trail.create(row, by=by, acting=acting, action="register")
        return task


def edit_task(
    task: Task, fields: dict[str, Any], *, by: Any, seen: int | None = None, comment: str = ""
) -> Task:
    """Change plain fields of a task; raises Stale where the row is no longer the version that the person saw."""
    acting = rules.runs_programme(task.programme, by)
    unknown = fields.keys() - set(Task.plain_fields)
    if unknown:
        raise ValidationError(dict.fromkeys(sorted(unknown), _("This cannot be changed here.")))
    with trail.unit():
        fresh = trail.lock(task)
        if seen is not None and fresh.version != seen:
            raise Stale(
                _("%(task)s changed after you opened it. Load it again, then change it.") % {"task": fresh}
            )
        changed = trail.change(task, fields, by=by, acting=acting, comment=comment)
        changed.clean()
        return changed
