"""Who gives a part of a task, who takes it, and when."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.accounts.rules import takes_new_work
from qdtrade.audit.canonical import keepable
from qdtrade.errors import NotAllowed, WrongState
from qdtrade.programmes.held import acting
from qdtrade.programmes.models import Membership, Role
from qdtrade.templatetags import days
from qdtrade.workflow import Act

from ..models import Part, Task
from .writing import WRITERS

LONGEST_WHAT = 500


def gives_part(task: Task, under: Part | None, user: Any) -> Membership:
    """The lead bureau, a reviewer of the programme, or the bureau that holds the part above."""
    refusal = _(
        "Parts of this task are given by %(bureau)s, or by the pilot office; whoever holds a part gives those below it."
    ) % {"bureau": task.lead}
    bureaus = [task.lead_id, *([under.bureau_id] if under is not None else [])]
    for bureau in bureaus:
        try:
            return acting(user, task.programme_id, WRITERS, bureau_id=bureau, refusal=refusal)
        except NotAllowed:
            continue
    return acting(user, task.programme_id, [Role.MANAGER], refusal=refusal)


def gives(part: Part, user: Any) -> Membership:
    """The lead bureau, a reviewer of the programme, or the bureau that holds the part above."""
    return gives_part(part.task, part.under, user)


def holds(part: Part, user: Any) -> Membership:
    """Staff or head of the bureau that the part was given to."""
    refusal = _("This part is of %(bureau)s; only its reporters and its head may do this.") % {
        "bureau": part.bureau
    }
    return acting(user, part.task.programme_id, WRITERS, bureau_id=part.bureau_id, refusal=refusal)


def takes_parts(task: Task) -> None:
    """Parts move while the task is registered or in progress; nothing of one that rests, is claimed or done moves."""
    if task.status not in {Task.Status.REGISTERED, Task.Status.IN_PROGRESS}:
        words = _("%(task)s is %(state)s; its parts stay as they are.")
        raise WrongState(words % {"task": task, "state": task.get_status_display()})


def may_move(part: Part, act: Act) -> None:
    """While the task is registered or in progress."""
    takes_parts(part.task)


def may_be_given_again(part: Part, act: Act) -> None:
    """While the task is registered or in progress, and until a day that has not passed."""
    takes_parts(part.task)
    if not act.asking:
        what, due_on = act.data.get("what") or part.what, act.data.get("due_on") or part.due_on
        check_part(part.task, part.bureau, what, due_on, part.under)


def has_all_below(part: Part, act: Act) -> None:
    """While the task is registered or in progress, and when every part below it is done or ended."""
    takes_parts(part.task)
    waits_for = part.waits_for if hasattr(part, "waits_for") else Part.objects.filter(under=part).not_in()
    below = len(waits_for)
    if below:
        words = ngettext(
            "%(count)d part given below it is not done yet. Finish or end that first.",
            "%(count)d parts given below it are not done yet. Finish or end those first.",
            below,
        )
        raise WrongState(words % {"count": below})


def check_part(
    task: Task, bureau: Bureau | None, what: str, due_on: datetime.date | None, under: Part | None = None
) -> tuple[Bureau, str, datetime.date]:
    """What is asked of whom by when; raises ValidationError that names each field that is missing or cannot be."""
    faults: dict[str, Any] = {}
    what = keepable(what)
    if not what:
        faults["what"] = _("Say what is asked of the bureau.")
    elif len(what) > LONGEST_WHAT:
        faults["what"] = _("At most %(most)d characters.") % {"most": LONGEST_WHAT}
    if due_on is None:
        faults["due_on"] = _("Choose the day by which it is to be done.")
    elif due_on < clock.today():
        faults["due_on"] = _("The day must not be in the past.")
    elif due_on > _last_day(task, under):
        words = _("Not after the task's due date, %(day)s.")
        if under is not None:
            words = _("Not after the day of the part above, %(day)s.")
        faults["due_on"] = words % {"day": days.iso(_last_day(task, under))}
    faults |= _bureau_faults(task, bureau, under)
    if faults or due_on is None or bureau is None:
        raise ValidationError(faults)
    return bureau, what, due_on


def _last_day(task: Task, under: Part | None) -> datetime.date:
    return min(task.due_on, under.due_on) if under is not None else task.due_on


def _bureau_faults(task: Task, bureau: Bureau | None, under: Part | None) -> dict[str, Any]:
    if bureau is None:
        return {"bureau": _("Choose the bureau or district that it is asked of.")}
    if bureau.pk == task.lead_id:
        return {"bureau": _("%(bureau)s leads the task; a part is for another bureau.") % {"bureau": bureau}}
    if under is not None and bureau.pk == under.bureau_id:
        return {"bureau": _("%(bureau)s holds the part above. Choose another one.") % {"bureau": bureau}}
    if bureau.root_id != task.programme.region_id or bureau.kind == Bureau.Kind.REGION:
        return {"bureau": _("Choose a bureau of the programme's region.")}
    try:
        takes_new_work(bureau, clock.today())
    except ValidationError as fault:
        return {"bureau": fault.messages}
    return {}


def stands_above(task: Task, under: Part | None) -> None:
    """A part above another one is of the same task, accepted, and directly below the lead: two steps, no more."""
    if under is None:
        return
    if under.task_id != task.pk:
        raise ValidationError({"under": _("The part above is of another task.")})
    if under.status != Part.Status.ACCEPTED:
        words = _("%(part)s is %(state)s; parts are given below one that is accepted.")
        raise WrongState(words % {"part": under, "state": under.get_status_display()})
    if under.under_id is not None:
        raise ValidationError(
            {"under": _("Parts reach from the lead to a bureau and on to a district, no further.")}
        )
