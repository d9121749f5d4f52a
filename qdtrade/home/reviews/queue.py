"""The queue of the review desk: what waits of every kind, filtered and sorted in the database."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import CharField, Count, F, Q, Value
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qdtrade import clock
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.models import Programme
from tasks.models import Report

from . import KINDS
from .kind import LOOK_CLOSER, LOOK_FIRST, NOTHING_NEW, USUAL, Kind, Line

LONGEST = 100
"""Lines that the queue shows at most (DECISIONS 20); the rest moves up as rows are decided."""

TABS = ("waiting", "mine", "returned")

ORDERS = {
    "": ("of_due", "-of_risk", "of_kind", "of_pk"),
    "risk": ("-of_risk", "of_due", "of_kind", "of_pk"),
    "bureau": ("of_place", "of_bureau", "of_due", "of_kind", "of_pk"),
}
"""By the review clock, unless the address asks for another order."""

CLOCKS = {"over": "lt", "today": "exact", "later": "gt"}


@dataclass(frozen=True)
class Asked:
    """What of the queue a person wants to see: the tab, the order, and the filters that are set."""

    tab: str = TABS[0]
    order: str = ""
    filters: Mapping[str, Any] | None = None

    def value(self, name: str) -> Any:
        return (self.filters or {}).get(name)


@dataclass(frozen=True)
class Queue:
    """The lines that are shown, and how many there are in all."""

    lines: list[Line]
    total: int
    unchanged: int

    def place(self, kind: str, pk: int) -> int | None:
        """Where a row stands, from 0; None where it is not among the lines."""
        found = (place for place, line in enumerate(self.lines) if (line.kind, line.pk) == (kind, pk))
        return next(found, None)


def queue(user: Any, programme: Programme, asked: Asked) -> Queue:
    """What is asked for, the most urgent first."""
    unchanged, keys = 0, []
    for kind in _kinds(asked):
        found = asked_for(kind, user, programme, asked)
        if asked.tab != "returned" and kind.unchanged is not None:
            unchanged += kind.unchanged(found).count()
        keys.append(_keys(kind, found, asked))
    whole = keys[0].union(*keys[1:], all=True) if keys[1:] else keys[0]
    wanted = list(whole.order_by(*ORDERS[asked.order])[:LONGEST])
    total = whole.count() if len(wanted) == LONGEST else len(wanted)
    return Queue(_lines(user, wanted, asked), total, unchanged)


def asked_for(kind: Kind, user: Any, programme: Programme, asked: Asked) -> Any:
    """The rows of one kind that the filters let through."""
    rows = kind.rows(user, programme)
    rows = rows.filter(Q(status=Report.Status.RETURNED) if asked.tab == "returned" else kind.waits)
    if asked.tab == "mine":
        rows = rows.filter(Report.in_hand_of(user))
    for name in ("field", "bureau"):
        if asked.value(name) is not None and name not in kind.reaches:
            return rows.none()
        if asked.value(name) is not None:
            rows = rows.filter(**{kind.reaches[name]: asked.value(name)})
    if asked.value("review"):
        rows = rows.filter(**{f"{kind.reaches['due']}__{CLOCKS[asked.value('review')]}": clock.today()})
    if asked.value("no_change"):
        return kind.unchanged(rows) if kind.unchanged is not None else rows.none()
    return rows


def _kinds(asked: Asked) -> list[Kind]:
    """Only reports are taken and returned; the other tabs have no other kind."""
    if asked.tab != "waiting":
        return [KINDS["report"]]
    return [kind for kind in KINDS.values() if asked.value("kind") in (None, "", kind.name)]


def _keys(kind: Kind, rows: Any, asked: Asked) -> Any:
    """The rows as the columns that all kinds have in common."""
    due = "resubmit_due_on" if asked.tab == "returned" else kind.reaches["due"]
    columns = {
        "of_kind": Value(kind.name, CharField()),
        "of_pk": F("pk"),
        "of_due": F(due),
        "of_risk": kind.risk(clock.today()),
        "of_place": F(f"{kind.reaches['bureau']}__position"),
        "of_bureau": F(kind.reaches["bureau"]),
    }
    return rows.order_by().annotate(**columns).values_list(*columns)


def _lines(user: Any, wanted: list[tuple[Any, ...]], asked: Asked) -> list[Line]:
    """The chosen rows as lines, in their order, with the heading under which each stands."""
    of_kind: dict[str, list[int]] = {}
    for name, pk, *_rest in wanted:
        of_kind.setdefault(name, []).append(pk)
    calendar = Calendar()
    known = {
        (name, line.pk): line
        for name, pks in of_kind.items()
        for line in KINDS[name].lines(user, pks, calendar)
    }
    lines = []
    for name, pk, _due, risk, _place, _bureau in wanted:
        line = known.get((name, pk))
        if line is not None:
            lines.append(replace(line, group=_group(line, risk, asked.order)))
    return lines


def _group(line: Line, risk: int, order: str) -> str:
    if order == "risk":
        words = {
            LOOK_FIRST: _("Red, or a milestone overdue"),
            LOOK_CLOSER: _("Yellow, late, gone back, or almost due"),
            USUAL: pgettext("risk", "As usual"),
            NOTHING_NEW: _("Nothing new"),
        }
        return words[risk]
    return line.bureau if order == "bureau" else ""


def waiting(user: Any, programme: Programme) -> dict[str, dict[str, int]]:
    """How much of each kind waits, and how much of it is over time."""
    counts = []
    for kind in KINDS.values():
        over = Count("pk", filter=Q(**{f"{kind.reaches['due']}__lt": clock.today()}))
        rows = kind.rows(user, programme).filter(kind.waits).order_by()
        named = rows.values(of_kind=Value(kind.name, CharField()))
        counts.append(
            named.annotate(waiting=Count("pk"), over=over).values_list("of_kind", "waiting", "over")
        )
    found = {
        name: {"waiting": number, "over": late}
        for name, number, late in counts[0].union(*counts[1:], all=True)
    }
    return {name: found.get(name, {"waiting": 0, "over": 0}) for name in KINDS}


def waiting_count(user: Any, programme: Programme) -> int:
    """How much waits in all, for the menu."""
    rows = [kind.rows(user, programme).filter(kind.waits).order_by().values("pk") for kind in KINDS.values()]
    return int(rows[0].union(*rows[1:], all=True).count())
