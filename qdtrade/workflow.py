"""Every change of state, by one function, from tables of data.

An app's `workflow` lists its moves; `perform` is the only code that makes one, for the page, the API, the admin,
bulk acts, commands and the timer alike. `why_not` asks the same questions without changing anything.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, models
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.audit import past, trail
from qdtrade.audit.canonical import keepable
from qdtrade.errors import Refusal, Stale, Words, WrongState, reason_of
from qdtrade.notices.actions import tell

LONGEST_COMMENT = 2000


class Person(trail.Person, Protocol):
    """Who asks; `forget()` drops what was read about the person earlier in the request."""

    def forget(self) -> None: ...


@dataclass(frozen=True)
class Act:
    """One move being made: who, under which membership, when it began, and what came with it."""

    by: Any
    acting: trail.Acting
    at: datetime
    comment: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    asking: bool = False
    """Nothing is to be done yet: a guard asks neither for a comment nor for a content."""


STAYS = ""
"""The target of a move that leaves the row in the state it is in."""

Written = tuple[models.Model, dict[str, Any]] | list[models.Model]
"""What an effect yields: a row and its new fields, or new rows of one model."""


@dataclass(frozen=True)
class Share:
    """A row that must not change while the move is made, but that others may hold so too."""

    row: models.Model


Locked = models.Model | Share


@dataclass(frozen=True)
class Move:
    """One row of a transition table.

    `who` gives the membership the person acts under, or refuses; `rule` refuses for reasons of the person, asked
    before the state, so that a stranger learns nothing of it; `guard` refuses for reasons of the row or its content.
    """

    name: str
    label: Words
    sources: tuple[str, ...]
    target: str
    who: Callable[[Any, Any], trail.Acting]
    other_targets: tuple[str, ...] = ()
    """Where the effect may lead instead, by the row's own past."""
    rule: Callable[[Any, Any], None] | None = None
    guard: Callable[[Any, Act], None] | None = None
    effect: Callable[[Any, Act], Iterator[Written]] | None = None
    locks: Callable[[Any], Iterable[Locked]] | None = None
    tells: Callable[[Any, Act], Iterable[Any]] | None = None
    needs_comment: bool = False
    asks: Words = ""
    """What the box for the comment is called, where it is more than a reason."""

    def targets(self, source: str) -> tuple[str, ...]:
        """Where the move may lead from a state."""
        return (self.target or source, *self.other_targets)

    def docs(self) -> dict[str, str]:
        """Who may, when, and what it does, in the rules' own words."""
        when = [
            " ".join(asked.__doc__.split()) for asked in (self.rule, self.guard) if asked and asked.__doc__
        ]
        return {
            "who": self.who.__doc__ or "",
            "when": " ".join(when),
            "effect": (self.effect.__doc__ or "") if self.effect else "",
        }


def perform(move: Move, obj: Any, *, by: Any, comment: str = "", seen: int | None = None, **data: Any) -> Any:
    """Make one move in one unit and return the row as it is afterwards.

    `seen` is the version of the row that the person looked at. Raises NotAllowed, WrongState, Stale or
    ValidationError, and then nothing has happened.
    """
    with trail.unit() as unit:
        by.forget()
        obj = _locked(move, obj)
        act = Act(by, move.who(obj, by), unit.began, keepable(comment), data)
        _refuse_stale(obj, seen)
        _check(move, obj, act)
        told = list(move.tells(obj, act)) if move.tells is not None else []
        _write(move, obj, act)
        absent = act.acting.stands_for
        tell(told, about=obj, move=move.name, by=by, comment=act.comment, at=act.at, acting_for=absent)
        return obj


@dataclass(frozen=True)
class Result:
    """What became of one row of several: the row as it is afterwards, and why nothing was done to it if so."""

    row: Any
    reason: str = ""

    @property
    def is_done(self) -> bool:
        return not self.reason


def perform_each(move: Move, rows: Iterable[Any], *, by: Any, seen: Mapping[int, int | None],
                 check: Callable[[Any], None] | None = None) -> list[Result]:  # fmt: skip
    """Make one move on each row by itself, in the order of the ids; a refused row stops no other.

    `seen` holds by id the version that the person looked at; `check` refuses rows that may only be moved one by one.
    """
    results = []
    for row in sorted(rows, key=lambda row: row.pk):
        try:
            if check is not None:
                check(row)
            results.append(Result(perform(move, row, by=by, seen=seen.get(row.pk))))
        except (Refusal, ValidationError, OperationalError) as fault:
            results.append(Result(row, reason_of(fault)))
    return results


def why_not(move: Move, obj: Any, user: Any, **data: Any) -> str:
    """The reason why this person may not make this move now, or an empty string.

    Asks nothing of the database where the row came with `for_list()`. What the person would still have to give
    (a comment, a content) is not asked for.
    """
    try:
        _check(move, obj, Act(user, move.who(obj, user), clock.now(), "", data, asking=True))
    except Refusal as refusal:
        return str(refusal)
    return ""


def is_for(move: Move, obj: Any, user: Any) -> bool:
    """Whether the move is this person's business at all: pages show no buttons that never could be theirs."""
    if past.current() is not None:
        return False
    try:
        move.who(obj, user)
    except Refusal:
        return False
    return True


def _check(move: Move, obj: Any, act: Act) -> None:
    if move.rule is not None:
        move.rule(obj, act.by)
    if obj.status not in move.sources:
        raise WrongState(_refused_state(move, obj))
    if not act.asking and move.needs_comment and not act.comment:
        raise ValidationError({"comment": _("Please give a reason.")})
    if len(act.comment) > LONGEST_COMMENT:
        raise ValidationError({"comment": _("At most %(most)d characters.") % {"most": LONGEST_COMMENT}})
    if move.guard is not None:
        move.guard(obj, act)


def _refused_state(move: Move, obj: Any) -> str:
    return _("“%(move)s” is not possible now: %(object)s is %(state)s. Its page shows what is possible.") % {
        "move": move.label,
        "object": obj,
        "state": obj.get_status_display(),
    }


def _refuse_stale(obj: Any, seen: int | None) -> None:
    if seen is not None and seen != obj.version:
        raise Stale(
            _("%(object)s changed after you opened it; it is now %(state)s. Look at it again, then decide.")
            % {"object": obj, "state": obj.get_status_display()}
        )


def _locked(move: Move, obj: Any) -> Any:
    """Lock what the move names in (model, id) order, then read the row again with what belongs to it."""
    rows = [obj, *(move.locks(obj) if move.locks is not None else ())]
    if connection.features.has_select_for_update:
        for locked in sorted(rows, key=_lock_order):
            _lock(locked)
    return type(obj).objects.for_move().get(pk=obj.pk)


def _lock_order(locked: Locked) -> tuple[str, int]:
    row = locked.row if isinstance(locked, Share) else locked
    return row._meta.label_lower, row.pk


def _lock(locked: Locked) -> None:
    if not isinstance(locked, Share):
        trail.lock(locked)
        return
    table = connection.ops.quote_name(locked.row._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR SHARE", [locked.row.pk])


def _write(move: Move, obj: Any, act: Act) -> None:
    """Set the status and what the effect yields, and record each row that changed."""
    target = move.target or obj.status
    fields: dict[str, Any] = {"status": target}
    for written in move.effect(obj, act) if move.effect is not None else ():
        if isinstance(written, list):
            trail.create_many(written, by=act.by, acting=act.acting, action=move.name, comment=act.comment)
        elif written[0] is obj:
            fields |= written[1]
        else:
            _write_other(move, *written, act)
    if fields["status"] not in {target, *move.other_targets}:
        raise RuntimeError(f"{move.name} does not lead to {fields['status']}.")
    changes = trail.apply(obj, fields)
    trail.record(obj, move.name, by=act.by, acting=act.acting, changes=changes, comment=act.comment)


def _write_other(move: Move, row: Any, fields: dict[str, Any], act: Act) -> None:
    changes = trail.apply(row, fields)
    if changes:
        trail.record(row, move.name, by=act.by, acting=act.acting, changes=changes, comment=act.comment)
