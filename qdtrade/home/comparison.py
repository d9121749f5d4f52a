"""What was added, changed and removed between two moments, by object and field, read from the records alone.

Only objects that some record between the two names are looked at; of each, the last state before and the last state
after say what became of it, whatever happened in between.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Exists, F, Q, QuerySet, Subquery, TextField
from django.utils.translation import gettext_lazy as _

from qdtrade.audit import history
from qdtrade.audit.models import Chain, Event, RecordedObject, events_of_object
from qdtrade.audit.past import last_seq
from qdtrade.audit.words import KINDS
from qdtrade.errors import Words
from qdtrade.past.moments import AsOf
from qdtrade.past.tables import shadows
from qdtrade.programmes.models import Programme

ADDED, CHANGED, REMOVED = "added", "changed", "removed"
BECAME: dict[str, Words] = {ADDED: _("added"), CHANGED: _("changed"), REMOVED: _("removed")}
"""What may have become of an object, in words."""

FEW = 5
"""Fields of a new or removed object that its row tells unasked."""

IS = {
    ADDED: Q(before=None) & Q(after__isnull=False),
    CHANGED: Q(before__isnull=False) & Q(after__isnull=False),
    REMOVED: Q(before__isnull=False) & Q(after=None),
}


@dataclass(frozen=True)
class Span:
    """The records of one programme after the first of these numbers, up to the second."""

    chain: int
    first: int
    last: int


@dataclass(frozen=True)
class Compared:
    """One object at both ends, with what differs."""

    row: Any
    became: str
    word: Words
    kind: str
    changes: Sequence[history.Change]

    @property
    def shown(self) -> Sequence[history.Change]:
        """What a row tells at once: all that changed, and a few fields of what is new or gone."""
        return self.changes if self.became == CHANGED else self.changes[:FEW]

    @property
    def folded(self) -> Sequence[history.Change]:
        return self.changes[len(self.shown) :]


def span(programme: Programme, earlier: AsOf, later: AsOf) -> Span:
    """The records between two moments, in whichever order they are named."""
    chain = Chain.objects.get(scope=programme.pk).pk
    first, last = sorted(last_seq(chain, one.moment) for one in (earlier, later))
    return Span(chain, first, last)


def kinds() -> list[str]:
    """The kinds of the registers: what people asked the program to do (exports, imports) is no part of them."""
    return sorted(shadow.kind for shadow in shadows().values() if shadow.kind)


def objects(within: Span) -> QuerySet[RecordedObject]:
    """The objects that are not what they were, those touched last first, each with its states at both ends."""
    of_it = events_of_object()
    between = of_it.filter(seq__gt=within.first, seq__lte=within.last)
    latest = between.order_by("-seq")
    rows = RecordedObject.objects.filter(Exists(between), chain=within.chain, kind__in=kinds()).annotate(
        before=_state(of_it.filter(seq__lte=within.first)),
        after=_state(of_it.filter(seq__lte=within.last)),
        seq=Subquery(latest.values("seq")[:1]),
        label=Subquery(latest.values("label")[:1], output_field=CharField()),
        root_kind=Subquery(latest.values("root_kind")[:1]),
        root_id=Subquery(latest.values("root_id")[:1]),
    )
    kept = IS[CHANGED] & ~Q(before=F("after"))
    return rows.filter(IS[ADDED] | IS[REMOVED] | kept).order_by("-seq", "pk")


def _state(events: QuerySet[Event]) -> Subquery:
    return Subquery(events.order_by("-seq").values("state")[:1], output_field=TextField())


def counts(rows: QuerySet[RecordedObject]) -> dict[str, int]:
    """How many objects became what."""
    by_what = {became: Count("pk", filter=condition) for became, condition in IS.items()}
    found: dict[str, int] = rows.order_by().aggregate(**by_what)
    return found


def compared(rows: Iterable[Any]) -> list[Compared]:
    """The rows in words; names that fields speak of cost one query for each kind of them."""
    found = list(rows)
    changed = [(row.kind, _differences(row)) for row in found]
    return [
        Compared(row, _became(row), BECAME[_became(row)], str(KINDS.get(row.kind, row.kind)), changes)
        for row, changes in zip(found, history.changes_of(changed), strict=True)
    ]


def _became(row: Any) -> str:
    if row.before is None:
        return ADDED
    return REMOVED if row.after is None else CHANGED


def _differences(row: Any) -> dict[str, list[str | None]]:
    """Each field that is not what it was, from what to what; what holds nothing on both sides is left out."""
    before, after = (json.loads(state) if state else {} for state in (row.before, row.after))
    return {
        name: [before.get(name), after.get(name)]
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name) and {before.get(name), after.get(name)} - set(history.EMPTY)
    }


@dataclass(frozen=True)
class FieldLine:
    """One field of a compared object, as a line of a file."""

    one: Compared
    change: history.Change | None


def field_lines(rows: Sequence[Any]) -> list[FieldLine]:
    """A line for each field that differs; an object that differs in none that is told has a line all the same."""
    none: Sequence[history.Change | None] = [None]
    return [FieldLine(one, change) for one in compared(rows) for change in (one.changes or none)]
