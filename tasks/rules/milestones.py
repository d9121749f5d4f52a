"""When a milestone may be taken off or planned anew."""

import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade.errors import WrongState

from ..models import Milestone, Task


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
