"""Acts on chosen rows of a list: each row is a unit of its own, in the order of the ids, with a result of its own."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.audit import history
from qdtrade.audit.models import Chain, Event
from qdtrade.errors import Refusal, Words, reason_of
from qdtrade.posted import ids_of, number_of
from qdtrade.workflow import Move, is_for, perform, why_not

TOLD = 4
"""How many changed fields a result names."""


@dataclass(frozen=True)
class Asked:
    """What came with the act: who, why, and perhaps a day or one of the list's choices."""

    by: Any
    comment: str = ""
    day: datetime.date | None = None
    choice: str = ""


@dataclass(frozen=True)
class RowAct:
    """Something that may be done to rows of a list: a move, or an action that asks no more than a reason and a day.

    `do` takes the row, what was asked and the version that the person saw, and raises a refusal or returns the row;
    `why_not` gives the reason why this person may not do it to this row, before anything is done.
    """

    name: str
    label: Words
    do: Callable[[Any, Asked, int | None], Any]
    why_not: Callable[[Any, Any], str]
    is_for: Callable[[Any, Any], bool]
    needs_comment: bool = False
    needs_day: bool = False
    needs_choice: Words = ""
    """What is to be chosen, where the list offers something to choose (`act_choices`)."""
    do_not_call_in_templates = True  # a template shows it; only a list calls it

    @property
    def __name__(self) -> str:
        """What Django's own list of actions calls it."""
        return self.name

    def __call__(self, model_admin: Any, request: HttpRequest, rows: QuerySet[Any]) -> None:
        """Do it to each row by itself, and keep with the session what became of them; a refused row stops no other."""
        asked, seen, began = asked_of(request), versions_of(request.POST), clock.now()
        outcome = Outcome(self.name)
        for row in rows.order_by("pk"):
            outcome.add(row, *self._one(row, asked, seen.get(row.pk)))
        request.session[model_admin.result_key] = outcome.as_kept(request.user, began)

    def _one(self, row: Any, asked: Asked, seen: int | None) -> "tuple[Any, str, range]":
        """The row afterwards or None, the reason of a refusal, and the places of its events in the chain."""
        before = _length(row)
        try:
            after = self.do(row, asked, seen)
        except (Refusal, ValidationError, OperationalError) as fault:
            return None, reason_of(fault), range(0)
        return after, "", range(before + 1, _length(row) + 1)


def _length(row: Any) -> int:
    """How long the chain is that the row's events go to."""
    lengths = Chain.objects.filter(scope=row.trail_scope()).values_list("length", flat=True)
    return lengths.first() or 0


@dataclass(frozen=True)
class Line:
    """What became of one row."""

    pk: int
    is_done: bool
    state: str
    words: str
    places: range
    scope: int


class Outcome:
    """What one act did, row by row; kept with the session until the next one."""

    def __init__(self, act: str) -> None:
        self.act = act
        self.lines: list[Line] = []

    def add(self, row: Any, after: Any, reason: str, places: range) -> None:
        """One more row."""
        state = str(getattr(after, "status", ""))
        self.lines.append(Line(row.pk, after is not None, state, reason, places, row.trail_scope()))

    def as_kept(self, by: Any, at: datetime.datetime) -> dict[str, Any]:
        """As plain values, with what each row's events say of its changes."""
        told = _told(self.lines, by)
        done = [line for line in self.lines if line.is_done and line.places]
        return {
            "act": self.act,
            "at": at.isoformat(),
            "first": min((line.places[0] for line in done), default=0),
            "last": max((line.places[-1] for line in done), default=0),
            "lines": [
                [line.pk, line.is_done, line.state, line.words or told.get(line.pk, "")]
                for line in self.lines
            ],
        }


def _told(lines: list[Line], by: Any) -> dict[int, str]:
    """By row: what changed from what to what, in the words of the history."""
    done = [line for line in lines if line.is_done and line.places]
    if not done:
        return {}
    events = Event.objects.filter(
        chain__scope__in={line.scope for line in done},
        seq__range=(min(line.places[0] for line in done), max(line.places[-1] for line in done)),
        actor_id=by.pk,
    ).order_by("seq")
    found = list(events.select_related("chain").defer("state", "line"))
    groups = [
        [event for event in found if event.chain.scope == line.scope and event.seq in line.places]
        for line in done
    ]
    said = history.told([group for group in groups if group])
    with_events = [line for line, group in zip(done, groups, strict=True) if group]
    return {line.pk: _changes(one) for line, one in zip(with_events, said, strict=True)}


def _changes(line: history.Line) -> str:
    told = [change for change in line.changes if change.name != "status" and change.old != change.new]
    words = [
        _("%(label)s %(old)s → %(new)s") % {"label": one.label, "old": one.old or "—", "new": one.new}
        for one in told[:TOLD]
    ]
    return _("; ").join(words)


def move_action(move: Move) -> RowAct:
    """A move of the workflow as an act on rows: the same `perform` as every other door."""

    def do(row: Any, asked: Asked, seen: int | None) -> Any:
        return perform(move, row, by=asked.by, comment=asked.comment, seen=seen)

    return RowAct(
        name=move.name,
        label=move.label,
        do=do,
        why_not=partial(why_not, move),
        is_for=partial(is_for, move),
        needs_comment=move.needs_comment,
    )


def asked_of(request: HttpRequest) -> Asked:
    """Who acts, and what came with the form."""
    posted = request.POST
    return Asked(
        request.user, posted.get("comment", ""), day_of(posted.get("day", "")), posted.get("choice", "")
    )


def versions_of(posted: QueryDict) -> dict[int, int | None]:
    """The version of each chosen row that the page showed."""
    return {pk: number_of(posted.get(f"version-{pk}", "")) for pk in chosen_of(posted)}


def chosen_of(posted: QueryDict) -> set[int]:
    """The ids of the chosen rows."""
    return set(ids_of(posted, "row"))


def day_of(text: str) -> datetime.date | None:
    """The day that a form sent, or None for one that there is not."""
    try:
        return parse_date(text)
    except ValueError:
        return None
