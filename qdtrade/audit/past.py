"""The register as it stood at a moment: what is read inside `at()` comes from the records.

Nothing that reads needs to know. On both databases a temporary table hides the real one of the same name on its own
connection, so the first statement that names a recorded table first raises its shadow, filled in SQL from the last
state of each object at that moment (`shadows`), and then reads it like any other. The clock stands at the moment too,
so what was late then reads as late. At the end every shadow is taken down, whatever happened.

An act always happens now: `trail.unit()` leaves the past, as `present()` does, and comes back to it afterwards.
"""

import contextlib
import contextvars
import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, connection

from qdtrade import clock

from .models import SYSTEM, Chain, Event
from .shadows import Bounds, Shadow, drop, raise_shadow

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


@dataclass
class Past:
    """One look at the past: when, by whom, and which shadows stand so far."""

    moment: datetime.datetime
    shadows: Mapping[str, Shadow]
    """What has a shadow, by the name of its table."""
    scopes: "Callable[[Past], Iterable[int]]"
    """The programmes whose records the viewer may see at all, asked in the present, when the first shadow is raised."""
    viewer: Any = None
    known: dict[str, Any] = field(default_factory=dict)
    """What was found out about the viewer in the present, for those who mend shadows."""
    now: datetime.datetime | None = None
    """Where the clock stood before; None where it goes."""
    by_states: bool = False
    """Take nothing from the rows of today, not even what no record has touched since."""
    is_aside: bool = False
    standing: dict[str, Shadow] = field(default_factory=dict)
    _bounds: Bounds | None = None
    _names: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        names = "|".join(sorted(self.shadows, key=len, reverse=True))
        self._names = re.compile(rf"\b({names})\b")

    def bounds(self) -> Bounds:
        """The last record of each chain at the moment, by the chain's id; empty where nothing was recorded yet."""
        if self._bounds is None:
            with self.present():
                self._bounds = _bounds_of({SYSTEM, *self.scopes(self)}, self.moment)
        return self._bounds

    @contextlib.contextmanager
    def present(self) -> Iterator[None]:
        """Leave the past for a while: no shadow stands, and the clock shows what it showed before."""
        if self.is_aside:
            yield
            return
        self.take_down()
        self.is_aside = True
        self._forget()
        try:
            with clock.at(self.now):
                yield
        finally:
            self._forget()
            self.is_aside = False

    def seen_by(self, viewer: Any) -> None:
        """Whoever asks has said who they are."""
        self.viewer, self._bounds = viewer, None

    def _forget(self) -> None:
        """What was read about the viewer on the one side is not carried to the other."""
        if self.viewer is not None:
            self.viewer.forget()

    def before(self, execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """Raises the shadows that a statement needs, then lets it run; refuses one that would write into them."""
        if not self.is_aside:
            named = set(self._names.findall(str(sql)))
            if named and WRITES.match(str(sql)):
                raise RuntimeError(f"Nothing is written in the past: {sorted(named)}.")
            for table in sorted(named - self.standing.keys()):
                self._raise(table)
        return execute(sql, params, many, context)

    def _raise(self, table: str) -> None:
        bounds = self.bounds()
        self.is_aside = True
        shadow = self.shadows[table]
        self.standing[table] = shadow
        try:
            raise_shadow(shadow, bounds, self, by_states=self.by_states)
        finally:
            self.is_aside = False

    def take_down(self) -> None:
        """Remove every shadow; where that fails, the connection itself goes, so that no other request meets one."""
        standing, self.standing = self.standing, {}
        was_aside, self.is_aside = self.is_aside, True
        try:
            if standing:
                drop(standing.values())
        except DatabaseError:
            if connection.in_atomic_block:
                raise  # its end undoes them, for they were raised in it
            if connection.connection is not None:
                connection.connection.close()
            connection.close()
        finally:
            self.is_aside = was_aside


_past: contextvars.ContextVar[Past | None] = contextvars.ContextVar("past", default=None)


def current() -> Past | None:
    """The look at the past that is being taken; None in the present, an act's included."""
    past = _past.get()
    return None if past is None or past.is_aside else past


@contextlib.contextmanager
def at(past: Past) -> Iterator[Past]:
    """Read everything as it stood at the moment, until the end."""
    past.now = clock.stands_at()
    token = _past.set(past)
    try:
        with clock.at(past.moment), connection.execute_wrapper(past.before):
            yield past
    finally:
        past.take_down()
        _past.reset(token)


@contextlib.contextmanager
def present() -> Iterator[None]:
    """What is read or done inside is read and done now; nothing else where nobody looks at the past."""
    past = current()
    if past is None:
        yield
        return
    with past.present():
        yield


def _bounds_of(scopes: Iterable[int], moment: datetime.datetime) -> Bounds:
    chains = Chain.objects.filter(scope__in=scopes).order_by("pk").values_list("pk", flat=True)
    return {chain: last_seq(chain, moment) for chain in chains}


def last_seq(chain: int, moment: datetime.datetime) -> int:
    """The number of a chain's last record at the moment; 0 where there was none yet."""
    rows = Event.objects.filter(chain=chain, at__lte=moment).order_by("-at", "-seq")
    return rows.values_list("seq", flat=True).first() or 0
