"""Who may do what to a task, and when."""

from typing import Any

from django.utils.translation import gettext as _

from qdtrade.errors import WrongState
from qdtrade.programmes.held import acting
from qdtrade.programmes.models import Membership
from qdtrade.workflow import Act

from ..models import Task
from .writing import WRITERS


def of_lead(task: Task, user: Any) -> Membership:
    """Staff or head of the lead bureau."""
    refusal = _("The lead bureau is %(bureau)s; only its reporters and its head may do this.") % {
        "bureau": task.lead
    }
    return acting(user, task.programme_id, WRITERS, bureau_id=task.lead_id, refusal=refusal)


def has_milestones(task: Task, act: Act) -> None:
    """The task has at least one milestone."""
    if not task.milestones.all():
        raise WrongState(_("This task has no milestone yet. Ask the pilot office to add one."))
