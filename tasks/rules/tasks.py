"""Who may do what to a task, and when."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.programmes.held import acting, own_bureaus
from qdtrade.programmes.models import Membership, Role
from qdtrade.programmes.rules import manages
from qdtrade.templatetags import days
from qdtrade.workflow import Act

from ..models import Task
from .writing import WRITERS


def of_lead(task: Task, user: Any) -> Membership:
    """Staff or head of the lead bureau."""
    refusal = _("The lead bureau is %(bureau)s; only its reporters and its head may do this.") % {
        "bureau": task.lead
    }
    return acting(user, task.programme_id, WRITERS, bureau_id=task.lead_id, refusal=refusal)


def heads_lead(task: Task, user: Any) -> Membership:
    """The head of the lead bureau."""
    refusal = _("Only the head of %(bureau)s, or their deputy, may do this.") % {"bureau": task.lead}
    return acting(user, task.programme_id, [Role.HEAD], bureau_id=task.lead_id, refusal=refusal)


def may_be_accepted(task: Task, act: Act) -> None:
    """The task has at least one milestone, and its bureau did not decline it."""
    is_not_declined(task, act)
    if not task.milestones.all():
        raise WrongState(_("This task has no milestone yet. Ask the pilot office to add one."))


def is_not_declined(task: Task, act: Act) -> None:
    """Not declined: then the pilot office decides what becomes of it."""
    if task.declined_at is not None:
        words = _(
            "%(person)s declined this task on %(day)s. The pilot office hands it over, or assigns it again."
        )
        raise WrongState(words % {"person": task.decliner, "day": days.short(task.declined_at)})


def is_declined(task: Task, act: Act) -> None:
    """Its bureau declined it."""
    if task.declined_at is None:
        raise WrongState(_("Nobody has declined this task; it waits for its bureau to accept it."))


def is_complete(task: Task, act: Act) -> None:
    """Every milestone is done or waived, evidence was submitted, and the cooperating bureaus' parts are in."""
    missing = missing_for_claim(task)
    if missing:
        words = _("%(missing)s.")
        raise WrongState(words % {"missing": _("; ").join(missing)})


def missing_for_claim(task: Task) -> list[str]:
    """What still stands against claiming completion, in words; the task came with `for_list()` or `for_move()`."""
    milestones = list(task.milestones.all())
    open_nodes = [one for one in milestones if not one.is_settled]
    found = []
    if not milestones:
        found.append(_("it has no milestone"))
    if open_nodes:
        words = ngettext(
            "%(open)d of %(all)d milestones is not done",
            "%(open)d of %(all)d milestones are not done",
            len(open_nodes),
        )
        found.append(words % {"open": len(open_nodes), "all": len(milestones)})
    if not task.is_proved:
        found.append(_("no evidence was submitted with a report yet"))
    waited_for = task.parts_missing()
    if waited_for:
        found.append(_("parts are missing of %(bureaus)s") % {"bureaus": _(", ").join(waited_for)})
    return found


def is_independent_of_claim(task: Task, user: Any) -> None:
    """Never who claimed it, and never anybody of the lead bureau; a deputy is bound by what binds the absent one."""
    acts = manages(task, user)
    if user.pk in {task.claimed_by_id, task.claimed_for_id}:
        raise NotAllowed(_("You claimed this completion; somebody else must verify it."))
    is_independent_of_lead(task, user)
    if acts.absent is not None and acts.absent.pk in {task.claimed_by_id, task.claimed_for_id}:
        words = _("You act for %(person)s, who claimed this completion; another reviewer must decide it.")
        raise NotAllowed(words % {"person": acts.absent})


def is_independent_of_lead(task: Task, user: Any) -> None:
    """Never anybody of the lead bureau; a deputy is bound by what binds the absent one."""
    acts = manages(task, user)
    if task.lead_id in own_bureaus(user):
        raise NotAllowed(_("Your own bureau leads this task; another reviewer must decide it."))
    if acts.absent is not None and task.lead_id in own_bureaus(acts.absent):
        words = _("You act for %(person)s, whose bureau leads this task; another reviewer must decide it.")
        raise NotAllowed(words % {"person": acts.absent})


def may_lead(task: Task, act: Act) -> None:
    """To another bureau of the region, none that was merged into another one."""
    if act.asking:
        return
    bureau = act.data.get("bureau")
    if not isinstance(bureau, Bureau):
        raise ValidationError({"bureau": _("Choose the bureau that leads the task from now on.")})
    if bureau.pk == task.lead_id:
        words = _("%(bureau)s leads this task already. Choose another bureau.")
        raise ValidationError({"bureau": words % {"bureau": bureau}})
    if bureau.root_id != task.programme.region_id or bureau.kind == Bureau.Kind.REGION:
        raise ValidationError({"bureau": _("Choose a bureau of the programme's region.")})
    if bureau.is_merged_on(clock.day_of(act.at)):
        words = _("%(bureau)s was merged into another bureau. Choose that one.")
        raise ValidationError({"bureau": words % {"bureau": bureau}})
