"""Changing the register by hand."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.accounts.rules import takes_new_work
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


def edit_field(field: Field, fields: dict[str, Any], *, by: Any, seen: str = "") -> Field:
    """Another number or name for a field of work."""
    by.forget()
    acting = rules.runs_programme(field.programme, by)
    unknown = fields.keys() - {"number", "name"}
    if unknown:
        raise ValidationError(dict.fromkeys(sorted(unknown), _("This cannot be changed here.")))
    with trail.unit():
        others = Field.objects.filter(programme=field.programme_id).exclude(pk=field.pk)
        for name, value in fields.items():
            if others.filter(**{name: value}).exists():
                raise ValidationError({name: _("Another field of this programme has it.")})
        return trail.change(field, fields, by=by, acting=acting, seen=seen)


@dataclass(frozen=True)
class MilestoneChange:
    """What becomes of one milestone: a new one (`pk` None), another title or planned day, or out with it."""

    title: str
    plan_on: datetime.date
    pk: int | None = None
    seen: str = ""
    remove: bool = False


MILESTONE_FIELDS = ("title", "plan_on")
"""What a person plans of a milestone; the rest follows from acceptance and approved reports."""


def create_task(programme: Programme, *, by: Any, lead: Any, milestones: list[tuple[str, Any]],
                supporting: tuple[Any, ...] = (), **fields: Any) -> Task:  # fmt: skip
    """Register a task with its bureaus and at least one milestone (title, planned day)."""
    acting = rules.runs_programme(programme, by)
    if not milestones:
        raise ValidationError({"milestones": _("A task needs at least one milestone.")})
    for bureau in (lead, *supporting):
        takes_new_work(bureau, clock.today())
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


def edit_task(task: Task, fields: dict[str, Any], *, by: Any, seen: int | None = None, comment: str = "",
              milestones: Sequence[MilestoneChange] = ()) -> Task:  # fmt: skip
    """Change plain fields of a task, and its milestones, in one act.

    Raises Stale where the row, or a milestone, is no longer the version that the person saw.
    """
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
        _change_milestones(changed, milestones, by, acting, comment)
        return changed


def _change_milestones(
    task: Task, changes: Sequence[MilestoneChange], by: Any, acting: Any, comment: str
) -> None:
    """Each change by the rules, in the order of the rows; new ones get the numbers after the last."""
    if not changes:
        return
    rows = {row.pk: row for row in task.milestones.select_for_update().order_by("pk")}
    for change in changes:
        row = rows.get(change.pk or 0)
        if change.pk is not None and row is None:
            raise Stale(_("A milestone of %(task)s was removed after you opened it.") % {"task": task})
        if row is None:
            continue
        row.task = task
        if change.remove:
            rules.removes_milestone(task, row)
            trail.delete(row, by=by, acting=acting, comment=comment)
            continue
        fields = {"title": change.title, "plan_on": change.plan_on}
        if change.seen:
            trail.refuse_changed(row, MILESTONE_FIELDS, change.seen)
        rules.plans_milestone(task, row, change.plan_on, comment)
        trail.change(row, fields, by=by, acting=acting, comment=comment)
    _add_milestones(task, [one for one in changes if one.pk is None], by, acting, comment)
    if not task.milestones.exists():
        raise ValidationError({"milestones": _("A task needs at least one milestone.")})


def _add_milestones(
    task: Task, changes: Sequence[MilestoneChange], by: Any, acting: Any, comment: str
) -> None:
    last = task.milestones.order_by("-number").values_list("number", flat=True).first() or 0
    for number, one in enumerate(changes, last + 1):
        row = Milestone(task=task, number=number, title=one.title, plan_on=one.plan_on)
        trail.create(row, by=by, acting=acting, comment=comment)
