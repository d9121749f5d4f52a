"""When a milestone may be taken off, planned anew, or waived."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade.errors import WrongState
from qdtrade.programmes.models import Membership
from qdtrade.programmes.rules import manages

from ..models import Milestone, Task
from .tasks import is_independent_of_lead


def removes_milestone(task: Task, milestone: Milestone) -> None:
    """Before the lead bureau accepts the task: what it accepted, and what is done, stays."""
    if task.status != Task.Status.REGISTERED:
        words = _("Milestone %(number)s stays: the lead bureau has accepted the task with it.")
        raise WrongState(words % {"number": milestone.number})


def plans_milestone(task: Task, milestone: Milestone, plan_on: datetime.date, comment: str) -> None:
    """A milestone that is done keeps its day; after the task was accepted another day needs a reason, and the baseline
    stays.
    """
    if milestone.plan_on == plan_on:
        return
    if milestone.actual_on is not None:
        words = _("Milestone %(number)s is done; its date is not changed any more.")
        raise WrongState(words % {"number": milestone.number})
    if task.accepted_at is not None and not comment:
        raise ValidationError(
            {"comment": _("The lead bureau has accepted these dates. Please say why they change.")}
        )


def waives(milestone: Milestone, user: Any) -> Membership:
    """A reviewer of the programme, never of the lead bureau."""
    is_independent_of_lead(milestone.task, user)
    return manages(milestone.task, user)


def may_be_waived(milestone: Milestone) -> None:
    """Of a task that was accepted and is not closed; what is done or waived already is not waived."""
    _is_open_task(milestone.task)
    if milestone.actual_on is not None:
        words = _("Milestone %(number)s is done; it needs no waiver.")
        raise WrongState(words % {"number": milestone.number})
    if milestone.waived_at is not None:
        words = _("Milestone %(number)s is waived already.")
        raise WrongState(words % {"number": milestone.number})


def may_be_owed_again(milestone: Milestone) -> None:
    """A waived one of a task that is not closed."""
    _is_open_task(milestone.task)
    if milestone.waived_at is None:
        words = _("Milestone %(number)s is not waived.")
        raise WrongState(words % {"number": milestone.number})


def _is_open_task(task: Task) -> None:
    if task.status not in {Task.Status.IN_PROGRESS, Task.Status.SUSPENDED}:
        words = _("Milestones are waived while a task is in progress or suspended; this one is %(state)s.")
        raise WrongState(words % {"state": task.get_status_display()})
