"""Proving the records: walks each chain from its first event to its head and names the first broken place.

What is proved: no event was changed, removed, put in between or moved; each event's columns say what its hashed line
says; the state kept with it is the state before plus its changes; every object is in the list of objects.

What a chain alone cannot show: somebody with full access to the database can rewrite the end of a chain, or all of it,
with fresh hashes and a fresh head, or put back an old copy of the whole database. That shows only against a head that
was noted elsewhere: in a signed checkpoint, or by hand, which is why length and head are printed. Nor can a chain show
what was never recorded.

A walk may begin at a place that is known to be good, a checkpoint's or the one where a walk before was stopped.
"""

import datetime
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from qdtrade.errors import Words

from . import guards
from .canonical import EMPTY, NoHash, digest_of, dumps, moment
from .models import SYSTEM, Chain, Event, RecordedObject
from .trail import kind_of

PAGE = 2000
"""Events read at a time: memory stays the same whatever the length of the chain."""

START = "0" * 64
"""What the first event names as the hash before it."""

Place = tuple[int, str]
"""A record's number and its hash."""

Beat = Callable[[str, int, str, int], object]
"""Told after each page: the chain's code, number and hash of the last good record, and the chain's length."""

State = dict[str, str | None]
Object = tuple[str, int]


class Problem(NamedTuple):
    """What is wrong with a record: a code for programs, a sentence for people."""

    code: str
    words: Words


MISSING = Problem("missing", _("it is missing"))
HASH = Problem("hash", _("its text was changed: the hash does not fit"))
UNKNOWN = Problem("unknown", _("its hash cannot be computed here"))
LINE = Problem("line", _("its text cannot be read"))
PREV = Problem("prev", _("it does not follow the record before it"))
PLACE = Problem("place", _("it stands in another place than its text says"))
TIME = Problem("time", _("it is dated before the record before it"))
HEAD = Problem("head", _("the head of the chain is not its last record"))
BEYOND = Problem("beyond", _("it stands behind the head of the chain"))
OBJECT = Problem("object", _("its object is not in the list of objects"))
UNNAMED = Problem("unnamed", _("the list of objects names an object that no record names"))
STATE = Problem("state", _("the state kept with it is not the state before plus its changes"))
NO_CHAIN = Problem("no_chain", _("it made a programme whose chain is gone"))
SIGNED = Problem("signed", _("it is not the one that was signed or checked before"))
COLUMN = Problem("column", _("a column does not say what its text says"))
PROBLEMS = {
    problem.code: problem
    for problem in (
        MISSING, HASH, UNKNOWN, LINE, PREV, PLACE, TIME, HEAD, BEYOND, OBJECT, UNNAMED, STATE, NO_CHAIN, SIGNED, COLUMN,
    )
}  # fmt: skip
"""Each by its code."""


@dataclass(frozen=True)
class Fault:
    """The first broken place of a chain."""

    seq: int
    problem: Problem
    detail: str = ""


@dataclass(frozen=True)
class Verdict:
    """What was found on one chain; `length` and `head` are what to note elsewhere."""

    code: str
    events: int
    seconds: float
    length: int
    head: str
    fault: Fault | None

    @property
    def per_second(self) -> int:
        return round(self.events / max(self.seconds, 0.001))


class Broken(Exception):
    """Ends the walk at the first fault."""

    def __init__(self, seq: int, problem: Problem, detail: str = "") -> None:
        super().__init__(problem.code)
        self.fault = Fault(seq, problem, detail)


class Row(NamedTuple):
    """The columns of an event, as read page by page."""

    seq: int
    at: datetime.datetime
    action: str
    kind: str
    object_id: int
    label: str
    root_kind: str
    root_id: int
    actor_id: int | None
    actor_name: str
    role: str
    bureau_id: int | None
    bureau_name: str
    acting_for: str | None
    door: str
    comment: str
    changes: str
    line: str
    hash: str
    state: str | None


def missing_guards() -> list[str]:
    """The database's own guards that do not stand; without them nothing keeps anybody from changing a record."""
    return guards.missing()


def verify(
    code: str | None = None, starts: Mapping[str, Place] | None = None, beat: Beat | None = None
) -> Iterator[Verdict]:
    """A verdict for each chain in turn, or for the one of this code; raises Chain.DoesNotExist for an unknown one.

    `starts` says by code behind which record a walk begins; of the records before it that one alone is looked at.
    """
    chains = Chain.objects.order_by("pk")
    for chain in [chains.get(code=code)] if code else chains:
        yield _verdict(chain, (starts or {}).get(chain.code, (0, START)), beat)


def _verdict(chain: Chain, start: Place, beat: Beat | None) -> Verdict:
    walk = _Walk(chain, beat)
    started = time.perf_counter()
    fault = None
    try:
        walk.begin(*start)
        walk.run()
    except Broken as broken:
        fault = broken.fault
    seconds = time.perf_counter() - started
    return Verdict(chain.code, walk.seq - start[0], seconds, chain.length, chain.head, fault)


class _Walk:
    """One walk along one chain; remembers the last good event and nothing else."""

    def __init__(self, chain: Chain, beat: Beat | None = None) -> None:
        self.chain = chain
        self.beat = beat
        self.seq = 0
        self.hash = START
        self.at: datetime.datetime | None = None

    def begin(self, seq: int, hashed: str) -> None:
        """Take this record as the last good one, if it is still what it was."""
        self.seq, self.hash = seq, hashed
        if not seq:
            return
        row = Event.objects.filter(chain=self.chain, seq=seq).values_list("line", "hash", "at").first()
        if row is None:
            raise Broken(seq, MISSING)
        line, kept, self.at = row
        if kept != hashed or not _fits(seq, line, hashed):
            raise Broken(seq, SIGNED)

    def run(self) -> None:
        """Walk to the head as it was at the start; what is written meanwhile is for the next walk."""
        while self.seq < self.chain.length:
            page = self._page()
            if not page:
                raise Broken(self.seq + 1, MISSING)
            states = self._states_before(page)
            for row in page:
                try:
                    self._check(row, states)
                except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
                    raise Broken(row.seq, LINE) from None
            if self.beat is not None:
                self.beat(self.chain.code, self.seq, self.hash, self.chain.length)
        self._check_head()
        self._check_beyond()
        self._check_list()
        if self.chain.scope == SYSTEM:
            self._check_chains()

    def _page(self) -> list[Row]:
        rows = Event.objects.filter(chain=self.chain, seq__gt=self.seq, seq__lte=self.chain.length).order_by(
            "seq"
        )
        return [Row(*values) for values in rows.values_list(*Row._fields)[:PAGE]]

    def _states_before(self, page: list[Row]) -> dict[Object, State | None]:
        """The last state before this page of each object that it names, if it is in the list of objects."""
        ids: dict[str, set[int]] = defaultdict(set)
        for row in page:
            ids[row.kind].add(row.object_id)
        earlier = Event.objects.filter(
            chain=self.chain, kind=OuterRef("kind"), object_id=OuterRef("object_id"), seq__range=(1, self.seq)
        ).order_by("-seq")
        found: dict[Object, State | None] = {}
        for kind, wanted in ids.items():
            listed = RecordedObject.objects.filter(chain=self.chain, kind=kind, object_id__in=wanted)
            rows = listed.annotate(state=Subquery(earlier.values("state")[:1]))
            for object_id, state in rows.values_list("object_id", "state"):
                found[kind, object_id] = json.loads(state) if state else None
        return found

    def _check(self, row: Row, states: dict[Object, State | None]) -> None:
        """Raise Broken where this event is not what must come next; else take it as the last good one."""
        if row.seq != self.seq + 1:
            raise Broken(self.seq + 1, MISSING)
        if not _fits(row.seq, row.line, row.hash):
            raise Broken(row.seq, HASH)
        content = json.loads(row.line)
        if (content["chain"], content["seq"]) != (self.chain.code, str(row.seq)):
            raise Broken(row.seq, PLACE)
        if content["prev"] != self.hash:
            raise Broken(row.seq, PREV)
        _check_columns(row, content)
        if self.at is not None and row.at < self.at:
            raise Broken(row.seq, TIME)
        thing = (row.kind, row.object_id)
        if thing not in states:
            raise Broken(row.seq, OBJECT, f"{row.kind} {row.object_id}")
        states[thing] = _replayed(row, states[thing], content["changes"])
        self.seq, self.hash, self.at = row.seq, row.hash, row.at

    def _check_head(self) -> None:
        if (self.hash, self.at) != (self.chain.head, self.chain.at):
            raise Broken(self.seq, HEAD)

    def _check_beyond(self) -> None:
        """Nothing stands behind the head, which is asked after the events, for it may have moved on meanwhile."""
        events = Event.objects.filter(chain=self.chain)
        last = events.order_by("-seq").values_list("seq", flat=True).first() or 0
        length = Chain.objects.get(pk=self.chain.pk).length
        if last > length:
            raise Broken(length + 1, BEYOND)
        first = events.order_by("seq").values_list("seq", flat=True).first()
        if first is not None and first < 1:
            raise Broken(first, PLACE)

    def _check_list(self) -> None:
        named = Event.objects.filter(chain=self.chain, kind=OuterRef("kind"), object_id=OuterRef("object_id"))
        listed = RecordedObject.objects.filter(~Exists(named), chain=self.chain).order_by("pk").first()
        if listed is not None:
            raise Broken(self.seq, UNNAMED, str(listed))

    def _check_chains(self) -> None:
        """Every programme that the system chain saw made has its chain."""
        made = Event.objects.filter(chain=self.chain, kind="programme", action="create").order_by("seq")
        chains = Chain.objects.filter(scope=OuterRef("object_id"))
        orphan = made.filter(~Exists(chains)).first()
        if orphan is not None:
            raise Broken(orphan.seq, NO_CHAIN, orphan.label)


def _fits(seq: int, line: str, hashed: str) -> bool:
    """Whether this is the hash of the line; raises Broken where that cannot be computed here."""
    try:
        return digest_of(line) == hashed
    except NoHash as fault:
        raise Broken(seq, UNKNOWN, str(fault)) from None


def _check_columns(row: Row, content: dict[str, Any]) -> None:
    """Every column repeats what the hashed line says, so that a search cannot be led astray."""
    for name, column, said in _pairs(row, content):
        if column != said:
            raise Broken(row.seq, COLUMN, name)


def _pairs(row: Row, content: dict[str, Any]) -> Iterable[tuple[str, str, Any]]:
    actor = content["actor"]
    return (
        ("at", moment(row.at), content.get("at")),
        ("action", row.action, content.get("action")),
        ("kind", row.kind, content.get("kind")),
        ("object_id", str(row.object_id), content.get("object")),
        ("label", row.label, content.get("label")),
        ("root", f"{row.root_kind}:{row.root_id}", content.get("root")),
        ("actor_id", _id(row.actor_id), actor.get("id")),
        ("actor_name", row.actor_name, actor.get("name")),
        ("role", row.role, actor.get("role")),
        ("bureau_id", _id(row.bureau_id), actor.get("bureau")),
        ("bureau_name", row.bureau_name, actor.get("bureau_name")),
        ("acting_for", row.acting_for or "", actor.get("for", "")),
        ("door", row.door, content.get("door")),
        ("comment", row.comment, content.get("comment")),
        ("changes", row.changes, dumps(content["changes"])),
    )


def _id(value: int | None) -> str:
    return "" if value is None else str(value)


def _replayed(row: Row, before: State | None, changes: dict[str, list[str | None]]) -> State | None:
    """The state that this event leaves behind; raises Broken where before plus changes is not what was kept.

    A deletion leaves none, and only what its object's last state was: every field that had a value is in its changes.
    """
    after: State = dict(before or {})
    began = _began().get(row.kind, {})
    for name, (old, new) in changes.items():
        if after.get(name, began.get(name) if before else None) != old:
            raise Broken(row.seq, STATE, name)
        after[name] = new
    kept: State = json.loads(row.state) if row.state is not None else {}
    names = sorted(after.keys() | kept.keys())
    wrong = [name for name in names if not _agree(name, before, after, kept, began.get(name))]
    if wrong:
        raise Broken(row.seq, STATE, ", ".join(wrong))
    return kept if row.state is not None else None


def _agree(name: str, before: State | None, after: State, kept: State, began: str | None) -> bool:
    if name in after:
        return after[name] == kept.get(name) and (name in kept or after[name] is None)
    return kept[name] is None or (before is not None and (kept[name] in EMPTY or kept[name] == began))


@cache
def _began() -> dict[str, dict[str, str]]:
    """By kind, what a field held that its objects gained after they were made, where that was something."""
    return {kind_of(model): getattr(model, "began_as", {}) for model in apps.get_models()}
