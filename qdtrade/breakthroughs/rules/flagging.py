"""Who names a candidate, and what the target of a year must hold."""

import datetime
import itertools
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.errors import WrongState
from qdtrade.programmes.held import acting, held_in
from qdtrade.programmes.models import Membership, Role
from qdtrade.programmes.models.membership import WRITERS
from qdtrade.templatetags import days
from tasks.models import Task

from ..models import Breakthrough

MOST, LONGEST_IN_FORCE = 10_000, 730


def flags(task: Task, user: Any) -> Membership:
    """A reviewer of the programme, or staff or head of the bureau that leads the task."""
    refusal = _("Only the pilot office and %(bureau)s, which leads this task, may name it a candidate.")
    if any(m.role == Role.MANAGER for m in held_in(user, task.programme_id)):
        return acting(user, task.programme_id, [Role.MANAGER])
    said = refusal % {"bureau": task.lead}
    return acting(user, task.programme_id, WRITERS, bureau_id=task.lead_id, refusal=said)


def check_flag(task: Task, expected_on: datetime.date | None) -> None:
    """Of a task that is not dropped and has no breakthrough under way; expected today or later."""
    if task.status == Task.Status.DROPPED:
        raise WrongState(_("%(task)s was dropped; it can bring no breakthrough.") % {"task": task})
    under_way = Breakthrough.objects.filter(task=task).exclude(status__in=Breakthrough.OVER).first()
    if under_way is not None:
        words = _("%(task)s is in the list already: %(state)s.")
        raise WrongState(words % {"task": task, "state": under_way.get_status_display()})
    if expected_on is not None and expected_on < clock.today():
        words = _("Today or later: %(day)s is over.")
        raise ValidationError({"expected_on": words % {"day": days.iso(expected_on)}})


def check_target(points: Sequence[int], days_in_force: int) -> None:
    """Raises ValidationError where the curve is none: twelve whole numbers that never fall."""
    faults: dict[str, Any] = {}
    if len(points) != 12 or not all(isinstance(one, int) and 0 <= one <= MOST for one in points):
        faults["points"] = _("Give twelve whole numbers, one for the end of each month.")
    elif any(later < earlier for earlier, later in itertools.pairwise(points)):
        faults["points"] = _("They add up over the year, so none is smaller than the one before.")
    elif points[-1] == 0:
        faults["points"] = _("The target of the year is greater than zero.")
    if not 0 <= days_in_force <= LONGEST_IN_FORCE:
        faults["days_in_force"] = _("From 0 to %(most)d days.") % {"most": LONGEST_IN_FORCE}
    if faults:
        raise ValidationError(faults)
