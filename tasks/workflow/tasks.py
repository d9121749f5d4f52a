"""How tasks move."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from qdtrade import clock
from qdtrade.accounts.models import User
from qdtrade.programmes.models import Role
from qdtrade.workflow import Act, Move, Written

from .. import rules
from ..models import Task
from .acts import absent_of

REGISTERED, IN_PROGRESS = Task.Status.REGISTERED, Task.Status.IN_PROGRESS


def _freeze_baseline(task: Task, act: Act) -> Iterator[Written]:
    """Freezes the baseline: the due date and the milestones' planned days."""
    signed = {"accepted_at": act.at, "accepted_by": act.by, "accepted_for": absent_of(act)}
    yield task, signed | {"baseline_due_on": task.due_on}
    for milestone in task.milestones.order_by("number"):
        milestone.task = task
        yield milestone, {"baseline_on": milestone.plan_on}


def _managers(task: Task, act: Act) -> list[User]:
    rows = User.objects.filter(
        pk__in=task.programme.memberships.on(clock.today()).filter(role=Role.MANAGER).values("user")
    )
    return list(rows.order_by("pk"))


ACCEPT = Move(
    name="accept",
    label=_("Accept"),
    sources=(REGISTERED,),
    target=IN_PROGRESS,
    who=rules.of_lead,
    guard=rules.has_milestones,
    effect=_freeze_baseline,
    tells=_managers,
)

TASK_MOVES = {move.name: move for move in (ACCEPT,)}
