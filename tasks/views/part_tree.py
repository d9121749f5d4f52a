"""The parts of a task as a tree: who was asked for what, how far it is, and what this person may do about it."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qdtrade import clock
from qdtrade.errors import Refusal, Words
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.models import Period
from qdtrade.templatetags import days
from qdtrade.web import Offer, offers

from .. import rules
from ..models import ExpectedPart, Part, Task
from ..workflow import PART_MOVES
from . import life


@dataclass(frozen=True)
class Node:
    """A part with what stands beside it; `level` is 1 below the lead and 2 below another part."""

    part: Part
    level: int
    state: str
    label: Words
    filing: ExpectedPart | None
    """What is owed or was filed for the period opened last."""
    clock: str
    moves: list[Offer]
    again: str
    """Where it is given again, in other words perhaps."""


@dataclass(frozen=True)
class Tree:
    """All parts of a task in order, how many of them there are and are in, and where another one is given."""

    nodes: list[Node]
    give: str
    done: int
    owed: int


def of_task(task: Task, user: Any) -> Tree:
    """Everything that the section of the task page reads."""
    parts = list(Part.objects.visible_to(user).filter(task=task).for_list().in_order())
    for part in parts:
        part.task = task
    calendar = Calendar()
    filings = latest(parts, user)
    return Tree(
        nodes=[node(part, filings.get(part.pk), user, calendar) for part in in_tree(parts)],
        give=reverse("part_give", args=[task.pk]) if may_give(task, parts, user) else "",
        done=sum(part.status == Part.Status.DONE for part in parts),
        owed=sum(part.status != Part.Status.ENDED for part in parts),
    )


def in_tree(parts: Sequence[Part]) -> Iterator[Part]:
    """Each part, then those below it."""
    for part in parts:
        if part.under_id is None:
            yield part
            yield from (one for one in parts if one.under_id == part.pk)


def latest(parts: Sequence[Part], user: Any) -> dict[int, ExpectedPart]:
    """What each part owes for the period opened last, by its id."""
    if not parts:
        return {}
    opened = Period.objects.visible_to(user).opened_last()
    rows = ExpectedPart.objects.visible_to(user).filter(part__in=parts, period__in=opened)
    return {row.part_id: row for row in rows.select_related("period").with_timeliness(clock.now())}


def node(part: Part, filing: ExpectedPart | None, user: Any, calendar: Calendar) -> Node:
    found = offers(part, PART_MOVES, user, "part_move")
    fitting = [offer for name, offer in found.items() if part.status in PART_MOVES[name].sources]
    again = next((one for one in fitting if one.name == "give_again" and one.open), None)
    state, label = state_of(part, clock.today())
    return Node(
        part=part,
        level=2 if part.under_id else 1,
        state=state,
        label=label,
        filing=filing,
        clock=clock_words(part, calendar),
        moves=[one for one in fitting if one is not again],
        again=reverse("part_again", args=[part.pk]) if again else "",
    )


def state_of(part: Part, today: datetime.date) -> tuple[str, Words]:
    """The code and the word of its state; red where its bureau should have signed for it, or been done with it."""
    if part.task.status in Task.AT_REST:
        return part.status, part.get_status_display()
    if part.status == Part.Status.GIVEN and part.accept_due_on < today:
        late = (today - part.accept_due_on).days
        words = ngettext("to accept, %(days)d day over", "to accept, %(days)d days over", late)
        return "late", words % {"days": late}
    if part.status == Part.Status.ACCEPTED and part.due_on < today:
        late = (today - part.due_on).days
        return "overdue", ngettext("%(days)d day overdue", "%(days)d days overdue", late) % {"days": late}
    return part.status, part.get_status_display()


def clock_words(part: Part, calendar: Calendar) -> str:
    """Which day matters now, and who did what last."""
    if part.status == Part.Status.GIVEN and part.task.status not in Task.AT_REST:
        by = part.accept_due_on
        words = _("to be accepted by %(day)s, %(left)s")
        return words % {"day": days.short(by), "left": life.left(calendar, by)}
    if part.status == Part.Status.ACCEPTED and part.accepted_at is not None:
        words = pgettext("part", "accepted by %(who)s, %(day)s")
        return words % {"who": part.accepter, "day": days.iso(clock.day_of(part.accepted_at))}
    if part.closed_at is None:
        return ""
    said = _("%(who)s, %(day)s") % {"who": part.closer, "day": days.iso(clock.day_of(part.closed_at))}
    return said + _(": ") + f"“{part.closed_words}”"


def may_give(task: Task, parts: Sequence[Part], user: Any) -> bool:
    """Whether the person gives parts of this task now, at all or below one of these."""
    try:
        rules.takes_parts(task)
    except Refusal:
        return False
    return may_give_below(task, None, user) or any(may_give_below(task, part, user) for part in above(parts))


def above(parts: Sequence[Part]) -> list[Part]:
    """Those that others may be given below."""
    return [part for part in parts if part.under_id is None and part.status == Part.Status.ACCEPTED]


def may_give_below(task: Task, under: Part | None, user: Any) -> bool:
    try:
        rules.gives_part(task, under, user)
    except Refusal:
        return False
    return True
