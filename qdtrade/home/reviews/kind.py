"""One kind of work at the review desk, and a line of it in the queue."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade import clock
from qdtrade.errors import Words
from qdtrade.programmes.calendar import ONE_DAY, Calendar
from qdtrade.programmes.models import Programme
from qdtrade.templatetags import days
from qdtrade.workflow import Move

LOOK_FIRST, LOOK_CLOSER, USUAL, NOTHING_NEW = 3, 2, 1, 0
"""How much is at risk in a row, as the queue sorts it."""


@dataclass(frozen=True)
class Clock:
    """How long there is, in working days."""

    words: str
    over: bool


@dataclass(frozen=True)
class Check:
    """One thing a reviewer looks for, already looked for."""

    ok: bool
    words: str


@dataclass(frozen=True)
class Line:
    """A row of the queue: what it is, what is new in it, how long there is, and why this person may not decide it."""

    row: Any
    kind: str
    url: str
    title: str
    bureau: str
    facts: list[str]
    change: str
    light: str = ""
    """As it was computed; empty where none was kept yet."""
    own_light: str = ""
    """As its bureau rates it."""
    marks: list[str] = field(default_factory=list)
    clock: Clock | None = None
    reason: str = ""
    note: str = ""
    may_tick: bool = False
    group: str = ""

    @property
    def pk(self) -> int:
        return int(self.row.pk)


@dataclass(frozen=True)
class Decided:
    """The last decision about a row, for whoever came too late with another one."""

    move: str
    words: str
    by_id: int | None
    who: str
    at: datetime.datetime
    comment: str


@dataclass(frozen=True)
class Kind:
    """What the desk must know of one kind of work; `reviews/__init__.py` says how they come together.

    `counted` says how many of it wait, in words. `rows` are those of a programme that the person sees, in whatever
    state; `reaches` gives the look-ups of "field" (where it has one), "bureau" and "due". `lines` reads what the queue
    says of the given rows, in a fixed number of queries, and `one` what the page of one row and its moves read.
    `unchanged` narrows rows to those that may be decided together; a kind without it has none. `data` takes from a
    posted form what the moves want beside a comment, and `decided` tells the last decision.
    """

    name: str
    label: Words
    counted: Callable[[int], str]
    rows: Callable[[Any, Programme], Any]
    waits: Q
    reaches: Mapping[str, str]
    risk: Callable[[datetime.date], Any]
    lines: Callable[[Any, Sequence[int], Calendar], list[Line]]
    one: Callable[[Any], QuerySet[Any]]
    page: Callable[[Any, Any], dict[str, Any]]
    template: str
    moves: Mapping[str, Move]
    moves_url: str
    approve: Move
    refuse: Move
    done: Mapping[str, Words]
    decided: Callable[[Any], Decided | None]
    unchanged: Callable[[Any], Any] | None = None
    data: Callable[[Any], dict[str, Any]] = lambda posted: {}
    others: tuple[Move, ...] = ()
    """Further decisions, each in a box of its own below the two."""
    approving: Callable[[Any], dict[str, Any]] = lambda posted: {}
    """What approving wants of the form."""
    labels: Mapping[str, Words] = field(default_factory=dict)
    """What remarks stand beside, where that is not the fields of a report."""
    written: Callable[[Mapping[str, Any], Mapping[str, str]], dict[str, Any]] = lambda shown, remarks: {}
    """The page again, with the remarks that were typed and not sent."""

    def manages(self, row: Any, user: Any) -> None:
        """Raises NotAllowed for people whose business the decision never could be."""
        self.approve.who(row, user)


def address(kind: str, pk: int) -> str:
    """The page of one row at the desk; reports keep the short address that they always had."""
    return reverse("desk_report", args=[pk]) if kind == "report" else reverse("desk_item", args=[pk, kind])


def clock_of(due: datetime.date | None, calendar: Calendar) -> Clock | None:
    """Working days left until the due day, or over it."""
    if due is None:
        return None
    today = clock.today()
    if due < today:
        over = len(calendar.between(due + ONE_DAY, today))
        if over == 0:  # a weekend has begun
            return Clock(_("due %(day)s") % {"day": days.short(due)}, True)
        return Clock(ngettext("%(days)d day over", "%(days)d days over", over) % {"days": over}, True)
    left = calendar.left(today, due)
    if left == 0:
        return Clock(_("due today"), False)
    return Clock(ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}, False)
