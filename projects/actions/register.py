"""Registering projects, and changing what was registered."""

import copy
import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade.audit import trail
from qdtrade.errors import Stale
from qdtrade.programmes.models import Membership, Programme
from tasks.models import Task

from .. import rules
from ..models import Gate, Partner, Project, ProjectPartner, ProjectTask
from .directory import Firm, firms
from .rates import take_first_rates

Plans = Mapping[str, datetime.date | None]
"""The planned day of each gate, by its step."""


def register_project(
    programme: Programme, *, by: Any, partners: Sequence[Partner | Firm] = (), tasks: Sequence[Task] = (),
    plans: Plans | None = None, **fields: Any,
) -> Project:  # fmt: skip
    """Register a project as it was signed, with its partners, the tasks that it serves, and its six gates.
    The first one of a programme brings the rates by which signings are judged.

    An amount in another currency may leave the yuan out: they follow from amount and rate.
    """
    acting = rules.runs_programme(programme, by)
    with trail.unit() as unit:
        project = Project(programme=programme, registered_at=unit.began, **fields)
        fill_in_yuan(project)
        project.clean_fields()
        rules.check_project(project)
        rules.takes_project(project.carrier)
        signed_with = firms(programme, partners, by, acting)
        rules.are_of_programme(project, signed_with, tasks)
        take_first_rates(programme, by, acting)
        trail.create(project, by=by, acting=acting, action="register")
        links = [
            *partner_links(project, signed_with),
            *task_links(project, tasks),
            *gates_of(project, plans or {}),
        ]
        for row in links:
            trail.create(row, by=by, acting=acting, action="register")
        return project


def fill_in_yuan(project: Project) -> None:
    """The planned investment of a project whose amount was given in another currency alone."""
    if project.planned_investment is None and project.original_amount and project.rate:
        project.planned_investment = rules.in_yuan(project)


def partner_links(project: Project, partners: Sequence[Partner]) -> list[ProjectPartner]:
    """The firms in the order in which they were named."""
    return [
        ProjectPartner(project=project, partner=partner, position=place)
        for place, partner in enumerate(partners, 1)
    ]


def task_links(project: Project, tasks: Sequence[Task]) -> list[ProjectTask]:
    """The tasks that the project serves."""
    return [ProjectTask(project=project, task=task) for task in tasks]


def gates_of(project: Project, plans: Plans) -> list[Gate]:
    """The six gates of a new project, each with the day that it is planned for."""
    return [
        Gate(project=project, number=number, step=step, plan_on=plans.get(step))
        for number, step in enumerate(Gate.Step.values, 1)
    ]


def edit_project(
    project: Project, fields: dict[str, Any], *, by: Any, seen: int | None = None, comment: str = "",
    partners: Sequence[Partner | Firm] | None = None, tasks: Sequence[Task] | None = None, plans: Plans | None = None,
) -> Project:  # fmt: skip
    """Change plain fields of a project, its partners, the tasks that it serves and the days of its gates, in one act.

    Raises Stale where the row is no longer the version that the person saw.
    """
    by.forget()
    acting = rules.runs_programme(project.programme, by)
    unknown = fields.keys() - set(Project.plain_fields)
    if unknown:
        raise ValidationError(dict.fromkeys(sorted(unknown), _("This cannot be changed here.")))
    with trail.unit():
        fresh = trail.lock(project)
        if seen is not None and fresh.version != seen:
            words = _("%(project)s changed after you opened it. Load it again, then change it.")
            raise Stale(words % {"project": fresh})
        if "carrier" in fields and fields["carrier"].pk != fresh.carrier_id:
            rules.takes_project(fields["carrier"])
        signed_with = firms(fresh.programme, partners or (), by, acting)
        rules.are_of_programme(fresh, signed_with, tasks or ())
        _check_as(fresh, fields)
        changed = trail.change(project, fields, by=by, acting=acting, comment=comment)
        gates = list(changed.gates.select_for_update(of=("self",), no_key=True).order_by("number"))
        rules.may_be_signed_on(changed, gates)
        _plan(changed, gates, plans or {}, by, acting, comment)
        if partners is not None:
            _link(changed, "partner", partner_links(changed, signed_with), by, acting)
        if tasks is not None:
            _link(changed, "task", task_links(changed, tasks), by, acting)
        return changed


def _check_as(project: Project, fields: Mapping[str, Any]) -> None:
    """Raises ValidationError that names what would make no sense with these fields."""
    trial = copy.copy(project)
    for name, value in fields.items():
        setattr(trial, name, value)
    trial.clean_fields()
    trial.clean()
    rules.check_project(trial)


def _plan(
    project: Project, gates: list[Gate], plans: Plans, by: Any, acting: Membership, comment: str
) -> None:
    """Other planned days; a gate that is confirmed keeps the one that it had."""
    for gate in gates:
        if gate.step not in plans or gate.plan_on == plans[gate.step]:
            continue
        gate.project = project
        if gate.is_confirmed:
            words = _("“%(gate)s” is confirmed; its planned day is not changed any more.")
            raise ValidationError({f"plan_{gate.step}": words % {"gate": gate.get_step_display()}})
        trail.change(gate, {"plan_on": plans[gate.step]}, by=by, acting=acting, comment=comment)


def _link(project: Project, to: str, wanted: Sequence[Any], by: Any, acting: Membership) -> None:
    """The links that a project shall have: what is gone is removed, what is new is made."""
    have = {getattr(row, f"{to}_id"): row for row in getattr(project, f"{to}_links").select_related(to)}
    ids = [getattr(row, f"{to}_id") for row in wanted]
    for pk, row in have.items():
        if pk not in ids:
            row.project = project
            trail.delete(row, by=by, acting=acting, action="edit")
    for row in wanted:
        old = have.get(getattr(row, f"{to}_id"))
        if old is None:
            trail.create(row, by=by, acting=acting, action="edit")
        elif to == "partner" and old.position != row.position:
            old.project = project
            trail.change(old, {"position": row.position}, by=by, acting=acting)
