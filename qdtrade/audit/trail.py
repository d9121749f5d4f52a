"""The only way to change a recorded row, and the only way to write an event.

`with trail.unit():` is the outermost transaction of an act. Inside it rows are locked and changed and events are
buffered; at its end the head of each chain is locked, in order, and all events go in at once. Recording as one goes
would deadlock every bulk act (RECORDS 1).

A recorded model says `recorded` (the names of its recorded fields), `trail_scope()` (0 or its programme's id),
`trail_root()` (kind and id of the object whose history its events belong to) and has a `str()` that needs no query.
One that stands for a file says `trail_file`, the SHA-256 of its bytes, so that the chain binds them too.
What follows from a row's own fields and is kept beside them stands in `derived` (a function by name of a field); it is
set here with every write, so that no way of writing can forget it, and is not recorded; `derived_from` names the fields
that show whether it may have become another since (a look at the past works it out again where they differ).
A field that came later than the first rows begins empty, or as `began_as` says (its recorded text by name).
"""

import contextlib
import contextvars
import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar, cast

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.errors import Stale, WrongState, is_taken

from . import past
from .canonical import Changes, difference, digest, dumps, keepable, moment, snapshot
from .models import Chain, Event, RecordedObject

M = TypeVar("M", bound=models.Model)

CLOCK_AHEAD = datetime.timedelta(minutes=5)
"""How far a chain's head may be ahead of the clock before acts are refused (DECISIONS 8)."""


class Person(Protocol):
    """Who acts, and through which door."""

    pk: Any
    name: Any
    door: str


class Acting(Protocol):
    """The membership a person acts under."""

    role: Any
    bureau_id: Any
    bureau: Any

    @property
    def stands_for(self) -> str: ...


@dataclass
class Entry:
    """An event that waits for its place in the chain."""

    scope: int
    action: str
    kind: str
    object_id: int
    label: str
    root: tuple[str, int]
    by: Person
    acting: Acting | None
    changes: Changes
    comment: str
    state: str | None
    is_new: bool
    file: str = ""


@dataclass
class Unit:
    """One act: when it began, and the events it has gathered."""

    began: datetime.datetime
    entries: list[Entry] = field(default_factory=list)
    is_broken: bool = False
    """A part failed: whoever caught that must not keep the rest."""


_unit: contextvars.ContextVar[Unit | None] = contextvars.ContextVar("unit", default=None)

_at_end: list[Callable[[Unit], None]] = []


def at_end(follow: Callable[[Unit], None]) -> None:
    """Let this follow from every act, inside it, before it is chained; called when the program starts.

    For what is computed from what acts record, and may not lag behind it. It may record more.
    """
    _at_end.append(follow)


@contextlib.contextmanager
def unit() -> Iterator[Unit]:
    """One act: everything in it happens and is recorded, or nothing is. A unit inside a unit joins it."""
    outer = _unit.get()
    if outer is not None:
        try:
            yield outer
        except BaseException:
            outer.is_broken = True
            raise
        return
    with past.present():  # an act happens now, even where it is asked for on a page of the past
        yield from _outermost()


def _outermost() -> Iterator[Unit]:
    current = Unit(clock.now())
    token = _unit.set(current)
    try:
        with transaction.atomic(durable=True):
            yield current
            if current.is_broken:
                raise RuntimeError("A part of this act failed; the rest must not be kept without it.")
            for follow in _at_end if current.entries else ():
                follow(current)
            _chain(current.entries)
    except IntegrityError as fault:
        if not is_taken(fault):
            raise
        raise WrongState(
            _("Somebody else made the same at this moment. Load the page again, then look.")
        ) from fault
    finally:
        _unit.reset(token)


def began() -> datetime.datetime:
    """When the present act began: the time its rows carry."""
    return _open_unit().began


def _open_unit() -> Unit:
    current = _unit.get()
    if current is None:
        raise RuntimeError("Nothing may be recorded outside trail.unit().")
    return current


def kind_of(obj: models.Model | type[models.Model]) -> str:
    """The word that names an object's model in the records; a model that was renamed keeps its word, `trail_kind`."""
    return str(getattr(obj, "trail_kind", obj._meta.model_name))


def lock(obj: M) -> M:
    """The row as it is now, locked until the act ends."""
    rows = obj._meta.model._default_manager.select_for_update(of=("self",), no_key=True)
    return cast(M, rows.get(pk=obj.pk))


def record(
    obj: Any,
    action: str,
    *,
    by: Person,
    acting: Acting | None = None,
    changes: Changes | None = None,
    comment: str = "",
    is_new: bool = False,
    is_gone: bool = False,
) -> None:
    """Buffer one event about this object; raises RuntimeError outside a unit."""
    state = None if is_gone else dumps(snapshot(obj, obj.recorded))
    with translation.override(settings.LANGUAGE_CODE):  # whoever acts, the records speak one language
        label = str(obj)[:200]
    entry = Entry(
        scope=obj.trail_scope(),
        action=action,
        kind=kind_of(obj),
        object_id=obj.pk,
        label=label,
        root=obj.trail_root(),
        by=by,
        acting=acting,
        changes=changes or {},
        comment=keepable(comment),
        state=state,
        is_new=is_new,
        file=getattr(obj, "trail_file", ""),
    )
    _open_unit().entries.append(entry)


def create(obj: M, *, by: Person, acting: Acting | None = None, action: str = "create",
           comment: str = "") -> M:  # fmt: skip
    """Check, insert and record a new row; raises ValidationError with the fields' names."""
    _derive(obj)
    obj.full_clean()
    obj.save(force_insert=True)
    _record_new(obj, action, by, acting, comment)
    return obj


def create_many(rows: Sequence[M], *, by: Person, acting: Acting | None = None,
                action: str = "create", comment: str = "") -> Sequence[M]:  # fmt: skip
    """Insert rows that the caller has checked, in bulk, with one event each."""
    for row in rows:
        _derive(row)
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=500)
    for row in rows:
        _record_new(row, action, by, acting, comment)
    return rows


def append(rows: Sequence[M]) -> None:
    """Insert rows of a table to which the database only ever lets rows be added: figures that were computed.

    They have no events of their own. The act that adds them is recorded, with how many they are and their hash.
    """
    _open_unit()
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=500)


def _record_new(obj: Any, action: str, by: Person, acting: Acting | None, comment: str) -> None:
    after = snapshot(obj, obj.recorded)
    changes: Changes = {name: [None, value] for name, value in after.items() if value is not None}
    record(obj, action, by=by, acting=acting, changes=changes, comment=comment, is_new=True)


def seen_as(obj: models.Model, names: Iterable[str]) -> str:
    """A short mark of these fields as they are now: what a form was opened on."""
    return digest(dumps(snapshot(obj, list(names))))[:20]


def refuse_changed(obj: models.Model, names: Iterable[str], seen: str) -> None:
    """Raises Stale where one of these fields is no longer as the form that carried this mark showed it."""
    if seen and seen != seen_as(obj, names):
        raise Stale(
            _("%(object)s changed after you opened it. Compare with what stands there now, then save again.")
            % {"object": obj}
        )


def change(obj: M, fields: dict[str, Any], *, by: Person, acting: Acting | None = None,
           action: str = "edit", comment: str = "", seen: str = "") -> M:  # fmt: skip
    """Lock the row, set these fields, save only what differs, and record it; returns the fresh row.

    `seen` is the mark of the same fields that a form was opened on. Raises ValidationError with the fields' names,
    and Stale. Where nothing differs, nothing is written or recorded.
    """
    fresh = lock(obj)
    refuse_changed(fresh, fields, seen)
    if apply(fresh, fields, check=True):
        record(fresh, action, by=by, acting=acting, changes=fresh.trail_changes, comment=comment)  # type: ignore[attr-defined]
    return fresh


def apply(obj: Any, fields: dict[str, Any], *, check: bool = False) -> Changes:
    """Set fields on a locked row and save those that differ; returns {field: [old, new]}.

    A model with a `version` gets the next one, so that a page opened before can tell.
    """
    before = snapshot(obj, obj.recorded)
    for name, value in fields.items():
        setattr(obj, name, value)
    if check:
        obj.full_clean(exclude={f.name for f in obj._meta.fields} - fields.keys())
    changes = difference(before, snapshot(obj, obj.recorded))
    obj.trail_changes = changes
    if not changes:
        return changes
    names = [*changes, *_derive(obj)]
    if hasattr(obj, "version"):
        obj.version += 1
        names.append("version")
    obj.save(update_fields=names)
    return changes


def _derive(obj: Any) -> list[str]:
    """Set what follows from the row's own fields; returns the names of what is new."""
    following = {name: follow(obj) for name, follow in getattr(obj, "derived", {}).items()}
    new = [name for name, value in following.items() if getattr(obj, name) != value]
    for name in new:
        setattr(obj, name, following[name])
    return new


def delete(
    obj: Any, *, by: Person, acting: Acting | None = None, action: str = "delete", comment: str = ""
) -> None:
    """Remove a row and record what it held."""
    before = snapshot(obj, obj.recorded)
    changes: Changes = {name: [value, None] for name, value in before.items() if value is not None}
    record(obj, action, by=by, acting=acting, changes=changes, comment=comment, is_gone=True)
    obj.delete()


def _chain(entries: Iterable[Entry]) -> None:
    by_scope: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_scope[entry.scope].append(entry)
    if not by_scope:
        return
    heads = Chain.objects.filter(scope__in=by_scope).select_for_update(no_key=True).order_by("pk")
    chains = list(heads)
    if len(chains) != len(by_scope):
        raise RuntimeError(f"No chain for scope {set(by_scope) - {chain.scope for chain in chains}}.")
    for chain in chains:
        _append(chain, by_scope[chain.scope])


def _append(chain: Chain, entries: list[Entry]) -> None:
    at = _next_moment(chain)
    rows = []
    for entry in entries:
        chain.length += 1
        line = dumps(_content(chain, entry, at))
        chain.head = digest(line, settings.CHAIN_HASH)
        rows.append(_event(chain, entry, at, line))
    chain.at = at
    Event.objects.bulk_create(rows, batch_size=500)
    new = [row for row, entry in zip(rows, entries, strict=True) if entry.is_new]
    RecordedObject.objects.bulk_create(
        [RecordedObject(chain=chain, kind=row.kind, object_id=row.object_id) for row in new], batch_size=500
    )
    chain.save(update_fields=["length", "head", "at"])


def _next_moment(chain: Chain) -> datetime.datetime:
    """Never before the head's time; refuses when the head is far ahead, unless the demo's day begins again."""
    now = clock.now()
    if chain.at is None or chain.at <= now:
        return now
    if chain.at - now > CLOCK_AHEAD and not clock.is_demo():
        raise WrongState(
            _(
                "The records are ahead of the server's clock. Nothing was done; ask the administrator to set it."
            )
        )
    return chain.at


def _content(chain: Chain, entry: Entry, at: datetime.datetime) -> dict[str, Any]:
    acting = entry.acting
    content: dict[str, Any] = {
        "v": "1",
        "alg": settings.CHAIN_HASH,
        "chain": chain.code,
        "seq": str(chain.length),
        "prev": chain.head,
        "at": moment(at),
        "action": entry.action,
        "kind": entry.kind,
        "object": str(entry.object_id),
        "label": entry.label,
        "root": f"{entry.root[0]}:{entry.root[1]}",
        "actor": {
            "id": str(entry.by.pk),
            "name": str(entry.by.name),
            "role": str(acting.role) if acting else "",
            "bureau": str(acting.bureau_id) if acting and acting.bureau_id else "",
            "bureau_name": str(acting.bureau) if acting and acting.bureau_id else "",
        },
        "door": entry.by.door,
        "comment": entry.comment,
        "changes": entry.changes,
    }
    if acting and acting.stands_for:
        content["actor"]["for"] = acting.stands_for
    if entry.file:
        content["file"] = entry.file
    if clock.is_demo():
        content["clock"] = "demo"
    return content


def _event(chain: Chain, entry: Entry, at: datetime.datetime, line: str) -> Event:
    acting = entry.acting
    return Event(
        chain=chain,
        seq=chain.length,
        at=at,
        action=entry.action,
        kind=entry.kind,
        object_id=entry.object_id,
        label=entry.label,
        root_kind=entry.root[0],
        root_id=entry.root[1],
        actor_id=entry.by.pk,
        actor_name=entry.by.name,
        role=acting.role if acting else "",
        bureau_id=acting.bureau_id if acting else None,
        bureau_name=str(acting.bureau) if acting and acting.bureau_id else "",
        acting_for=(acting.stands_for or None) if acting else None,
        door=entry.by.door,
        comment=entry.comment,
        changes=dumps(entry.changes),
        line=line,
        hash=chain.head,
        state=entry.state,
    )
