"""Who asks for more time, who signs and decides it, and when."""

import datetime
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.audit.canonical import keepable
from qdtrade.errors import WrongState
from qdtrade.programmes.models import Membership
from qdtrade.programmes.rules import manages
from qdtrade.templatetags import days
from qdtrade.workflow import Act

from ..models import Extension, Milestone, Task
from .tasks import heads_lead, is_independent_of_lead, of_lead

LONGEST_CAUSE = 2000


def asks_extension(task: Task, milestone: Milestone | None, under_way: Collection[int | None]) -> None:
    """While the task is in progress and before the day itself is over, for what is neither done nor waived; one wish
    at a time. `under_way` holds the milestones that one is under way for, None for the task.
    """
    if task.status != Task.Status.IN_PROGRESS:
        words = _("More time is asked for while a task is in progress; this one is %(state)s.")
        raise WrongState(words % {"state": task.get_status_display()})
    day = task.due_on if milestone is None else milestone.plan_on
    if milestone is not None and milestone.is_settled:
        words = _("Milestone %(number)s is settled; it needs no more time.")
        raise WrongState(words % {"number": milestone.number})
    if day < clock.today():
        words = _(
            "Its day was %(day)s. More time must be asked for before that; say in the report what happened."
        )
        raise WrongState(words % {"day": days.iso(day)})
    if (milestone.pk if milestone else None) in under_way:
        raise WrongState(_("More time was asked for already and is not decided yet. Withdraw that first."))


def check_wish(
    task: Task, milestone: Milestone | None, to_on: datetime.date | None, cause: str
) -> datetime.date:
    """The new day; raises ValidationError that names the day or the cause where it is missing or cannot be."""
    faults: dict[str, Any] = {}
    day, last = (milestone.plan_on, task.due_on) if milestone else (task.due_on, task.programme.ends_on)
    if to_on is None:
        faults["to_on"] = _("Choose the new day.")
    elif to_on <= day:
        faults["to_on"] = _("The new day must be later than %(day)s.") % {"day": days.iso(day)}
    elif to_on > last and milestone is not None:
        faults["to_on"] = _("Not after the task's due date, %(day)s. Ask for a later due date first.") % {
            "day": days.iso(last)
        }
    elif to_on > last:
        faults["to_on"] = _("Not after the end of the programme, %(day)s.") % {"day": days.iso(last)}
    cause = keepable(cause)
    if not cause:
        faults["cause"] = _("Say why it takes longer.")
    if len(cause) > LONGEST_CAUSE:
        faults["cause"] = _("At most %(most)d characters.") % {"most": LONGEST_CAUSE}
    if faults or to_on is None:
        raise ValidationError(faults)
    return to_on


def asks(extension: Extension, user: Any) -> Membership:
    """Staff or head of the lead bureau."""
    return of_lead(extension.task, user)


def signs(extension: Extension, user: Any) -> Membership:
    """The head of the lead bureau."""
    return heads_lead(extension.task, user)


def decides(extension: Extension, user: Any) -> Membership:
    """A reviewer of the programme."""
    return manages(extension.task, user)


def is_independent_of_wish(extension: Extension, user: Any) -> None:
    """Never anybody of the lead bureau; a deputy is bound by what binds the absent one."""
    is_independent_of_lead(extension.task, user)


def may_be_moved(extension: Extension, act: Act) -> None:
    """The task is in progress, the milestone neither done nor waived, and its day still before the one asked for."""
    task, milestone = extension.task, extension.milestone
    if task.status != Task.Status.IN_PROGRESS:
        words = _("%(task)s is %(state)s; no day of it is moved now.")
        raise WrongState(words % {"task": task, "state": task.get_status_display()})
    if milestone is not None and milestone.is_settled:
        words = _("Milestone %(number)s is settled; it needs no more time.")
        raise WrongState(words % {"number": milestone.number})
    day = milestone.plan_on if milestone else task.due_on
    last = task.due_on if milestone else task.programme.ends_on
    if extension.to_on <= day:
        words = _("The day was moved to %(day)s meanwhile, which is not before the one asked for.")
        raise WrongState(words % {"day": days.iso(day)})
    if extension.to_on > last:
        raise WrongState(_("The day asked for lies after %(day)s by now.") % {"day": days.iso(last)})
