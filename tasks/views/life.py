"""What the page of a task shows of its life: where it stands, what may be done about it, and who wants more time."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.errors import Refusal
from qdtrade.programmes.calendar import Calendar
from qdtrade.templatetags import days
from qdtrade.web import Offer, offers
from qdtrade.workflow import is_for, why_not

from .. import choosing, rules
from ..models import Extension, Milestone, Task
from ..workflow import ACCEPT, CLAIM, EXTENSION_MOVES, TASK_MOVES

FIRST: dict[str, tuple[str, ...]] = {
    Task.Status.REGISTERED: ("accept", "decline"),
    Task.Status.IN_PROGRESS: ("claim",),
    Task.Status.COMPLETION_CLAIMED: ("verify", "send_back", "withdraw_claim"),
}
"""The moves that stand at the head of the page, by state; what the office may do besides has a place of its own."""

OFFICE = ("assign_again", "hand_over", "suspend", "resume", "drop", "reopen")
MAIN = {"accept", "claim", "verify", "assign_again"}


@dataclass(frozen=True)
class Banner:
    """A message above the page: what the task waits for, or why it rests."""

    hue: str
    sign: str
    text: str


@dataclass(frozen=True)
class Ask:
    """The way to asking for more time; greyed where there is a reason."""

    url: str
    reason: str


@dataclass(frozen=True)
class Wish:
    """An extension with what this person may do about it."""

    extension: Extension
    clock: str
    is_late: bool
    moves: list[Offer]


@dataclass(frozen=True)
class Choice:
    """Something that could come later: a milestone, or the whole task."""

    value: str
    name: str
    day: datetime.date
    reason: str
    milestone: Milestone | None


def context(task: Task, user: Any) -> dict[str, Any]:
    """Everything that the page's template reads of this."""
    found = offers(task, TASK_MOVES, user, "task_move")
    wishes = list(Extension.objects.visible_to(user).filter(task=task).for_list().in_order())
    calendar = Calendar()
    return {
        "moves": found,
        "first_moves": first_moves(task, user, found),
        "main_moves": MAIN,
        "office_moves": office_moves(task, found),
        "leads_to_be": leads_to_be(task, user) if "hand_over" in found else [],
        "banner": banner(task, calendar),
        "wishes": [wish(one, user, calendar) for one in wishes],
        "ask": ask(task, user, wishes),
        "may_waive": may_waive(task, user),
    }


def first_moves(task: Task, user: Any, found: dict[str, Offer]) -> list[Offer]:
    """Those of the state; a reporter sees the claim too, with the reason why it is the head's."""
    names = FIRST.get(task.status, ())
    shown = [found[name] for name in names if name in found]
    if "claim" in names and "claim" not in found and is_for(ACCEPT, task, user):
        url = reverse("task_move", args=[task.pk, CLAIM.name])
        shown.append(Offer(CLAIM.name, CLAIM.label, False, why_not(CLAIM, task, user), True, url))
    return shown


def office_moves(task: Task, found: dict[str, Offer]) -> list[Offer]:
    """What the pilot office may decide about the task in its state; what is refused for another reason says so."""
    fitting = [name for name in OFFICE if task.status in TASK_MOVES[name].sources]
    names = [name for name in fitting if name != "assign_again" or task.is_declined]
    return [found[name] for name in names if name in found]


def leads_to_be(task: Task, user: Any) -> list[Bureau]:
    return list(choosing.could_lead(task.programme, user).exclude(pk=task.lead_id))


def banner(task: Task, calendar: Calendar) -> Banner | None:
    """One message, for what matters most now."""
    if task.is_declined:
        words = _("%(person)s declined this task on %(day)s\n%(reason)s")
        said = {"person": task.decliner, "day": days.short(task.declined_at), "reason": task.declined_reason}
        return Banner("red", "return", words % said)
    if task.status == Task.Status.REGISTERED:
        return _to_accept(task, calendar)
    if task.status == Task.Status.COMPLETION_CLAIMED:
        return _claimed(task)
    return _decided(task)


def _to_accept(task: Task, calendar: Calendar) -> Banner:
    given = clock.day_of(task.given_at)
    by = calendar.after(given, task.programme.accept_days)
    words = _("%(bureau)s is to accept this task by %(day)s\nAssigned on %(given)s; %(left)s.")
    return Banner(
        "yellow",
        "clock",
        words
        % {
            "bureau": task.lead,
            "day": days.in_words(by),
            "given": days.short(given),
            "left": left(calendar, by),
        },
    )


def _claimed(task: Task) -> Banner:
    words = _("%(person)s claimed completion on %(day)s\n%(claim)s\nTo be verified by %(due)s.")
    return Banner(
        "yellow",
        "clock",
        words
        % {
            "person": task.claimer,
            "day": days.short(task.claimed_at),
            "claim": task.claim,
            "due": days.in_words(task.verify_due_on),
        },
    )


def _decided(task: Task) -> Banner | None:
    """Where the office's last decision still says how the task stands."""
    words = {"person": task.decider, "day": days.short(task.decided_at), "reason": task.decision_reason}
    match task.decision:
        case Task.Decision.SENT_BACK:
            return Banner(
                "red", "return", _("%(person)s sent the completion claim back on %(day)s\n%(reason)s") % words
            )
        case Task.Decision.SUSPENDED:
            said = _("%(person)s suspended this task on %(day)s; its clocks have stopped\n%(reason)s")
            return Banner("white", "pause", said % words)
        case Task.Decision.DROPPED:
            said = _("%(person)s dropped this task on %(day)s; everything stays readable\n%(reason)s")
            return Banner("white", "minus", said % words)
        case Task.Decision.VERIFIED:
            said = _("%(person)s verified the completion on %(day)s\n%(claim)s")
            return Banner("green", "check", said % (words | {"claim": task.claim}))
    return None


def left(calendar: Calendar, day: datetime.date) -> str:
    """How many working days there are until a day, or by how many days it is over."""
    today = clock.today()
    if day == today:
        return _("today is the last day")
    if day < today:
        over = (today - day).days
        return ngettext("%(days)d day over time", "%(days)d days over time", over) % {"days": over}
    number = calendar.left(today, day)
    return ngettext("%(days)d working day left", "%(days)d working days left", number) % {"days": number}


def wish(extension: Extension, user: Any, calendar: Calendar) -> Wish:
    """With its clock, while the pilot office has to decide it."""
    waits = extension.status == Extension.Status.SIGNED and extension.decide_due_on is not None
    due = extension.decide_due_on if waits else None
    moves = offers(extension, EXTENSION_MOVES, user, "extension_move")
    under_way = extension.status in Extension.UNDER_WAY
    return Wish(
        extension,
        _("by %(day)s, %(left)s") % {"day": days.short(due), "left": left(calendar, due)} if due else "",
        due is not None and due < clock.today(),
        [one for one in moves.values() if one.open] if under_way else [],
    )


def ask(task: Task, user: Any, wishes: list[Extension]) -> Ask | None:
    """For the lead bureau of a task in progress."""
    if not is_for(ACCEPT, task, user) or task.status != Task.Status.IN_PROGRESS:
        return None
    found = choices(task, wishes)
    reason = "" if any(not one.reason for one in found) else found[0].reason
    return Ask(reverse("extension_ask", args=[task.pk]), reason)


def choices(task: Task, wishes: list[Extension]) -> list[Choice]:
    """What could come later: the milestones that are not settled, then the task; each with why it cannot."""
    under_way = {one.milestone_id for one in wishes if one.status in Extension.UNDER_WAY}
    nodes: list[Milestone | None] = [one for one in task.milestones.all() if not one.is_settled]
    return [_choice(task, node, under_way) for node in [*nodes, None]]


def _choice(task: Task, node: Milestone | None, under_way: set[int | None]) -> Choice:
    try:
        rules.asks_extension(task, node, under_way)
        reason = ""
    except Refusal as refusal:
        reason = str(refusal)
    if node is None:
        return Choice("task", _("the whole task"), task.due_on, reason, None)
    name = _("milestone %(number)s “%(title)s”") % {"number": node.number, "title": node.title}
    return Choice(str(node.pk), name, node.plan_on, reason, node)


def may_waive(task: Task, user: Any) -> bool:
    """Whether this person may waive milestones of the task now."""
    if task.status not in {Task.Status.IN_PROGRESS, Task.Status.SUSPENDED}:
        return False
    try:
        rules.is_independent_of_lead(task, user)
    except Refusal:
        return False
    return True
