"""Asking for more time."""

import datetime
from typing import Any

from qdtrade.accounts.models import User
from qdtrade.audit import trail
from qdtrade.audit.canonical import keepable
from qdtrade.notices.actions import tell
from qdtrade.programmes.models import Role

from .. import rules
from ..models import Extension, Milestone, Task
from ..told import people_of, reviewers_of


def ask_extension(
    task: Task, milestone: Milestone | None, *, by: Any, to_on: datetime.date | None, cause: str
) -> Extension:
    """Ask for a later day of a milestone, or of the task; what a head asks is signed at once.

    Raises WrongState where it is too late for that, and ValidationError that names the day or the cause.
    """
    by.forget()
    with trail.unit() as unit:
        node = trail.lock(milestone) if milestone is not None else None
        fresh = Task.objects.for_move().get(pk=trail.lock(task).pk)
        acting = rules.of_lead(fresh, by)
        if node is not None:
            node.task = fresh
        rules.asks_extension(fresh, node, _under_way(fresh))
        to_on = rules.check_wish(fresh, node, to_on, cause)
        row = Extension(
            task=fresh, milestone=node, bureau=fresh.lead, to_on=to_on, cause=keepable(cause),
            from_on=node.plan_on if node else fresh.due_on,
            asked_at=unit.began, asked_by=by, asked_for=acting.absent,
        )  # fmt: skip
        is_signed = acting.role == Role.HEAD
        if is_signed:
            row.status = Extension.Status.SIGNED
            for name, value in row.signed(at=unit.began, by=by, absent=acting.absent).items():
                setattr(row, name, value)
        trail.create(row, by=by, acting=acting, action="ask", comment=row.cause)
        tell(
            _told(fresh, is_signed=is_signed), about=row, move="sign" if is_signed else "ask", by=by,
            comment=row.cause, at=unit.began, acting_for=acting.stands_for,
        )  # fmt: skip
        return row


def _under_way(task: Task) -> list[int | None]:
    """The milestones for which one is under way, None for the task itself."""
    return list(task.extensions.filter(status__in=Extension.UNDER_WAY).values_list("milestone", flat=True))


def _told(task: Task, *, is_signed: bool) -> list[User]:
    return reviewers_of(task) if is_signed else people_of(task, roles=(Role.HEAD,))
