"""Events in the reader's words: who did what to which object, from what to what, through which door, and why.

Field labels, choices and names come from the models themselves, found by their kind, so nothing here knows them.
A kind may say how one of its JSON fields reads: `says("reportversion", "content")(function)`.
"""

import datetime
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet, Subquery
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from qdtrade.templatetags import days
from qdtrade.templatetags.words import standing_in

from .canonical import moment
from .models import Chain, Event, RecordedObject, events_of_object
from .trail import kind_of
from .words import DOORS, FIELDS, KINDS, NAMED, SAID_OF_NEW, UNSAID, VERBS

EMPTY = (None, "", "{}", "[]")
"""Recorded texts that hold nothing: a change from one to another is not worth a word."""

NOTHING = "—"
"""How a sentence says that a field was emptied."""

Reader = Callable[[str], str]
READERS: dict[tuple[str, str], Reader] = {}


def says(kind: str, name: str) -> Callable[[Reader], Reader]:
    """Registers how a field of this kind reads; `reader` takes the recorded text."""

    def register(reader: Reader) -> Reader:
        READERS[kind, name] = reader
        return reader

    return register


LISTED: dict[tuple[str, str], str] = {}
"""JSON fields that hold a list of ids, with the kind that these name; an app adds its own when it is ready."""


@dataclass(frozen=True)
class Change:
    """One field from what to what; `old` is empty for something new."""

    name: str
    label: str
    old: str
    new: str

    @property
    def after(self) -> str:
        """What the field holds afterwards; nothing for nothing, where `new` has a dash."""
        return "" if self.new == NOTHING else self.new


@dataclass
class Line:
    """An act as a person reads it: the event that says most, and what all events of the act changed."""

    event: Event
    verb: str
    kind: str
    who: str
    role: str
    door: str
    changes: list[Change] = field(default_factory=list)

    @property
    def at(self) -> datetime.datetime:
        return self.event.at

    @property
    def as_of(self) -> str:
        """The moment right after the act, as an address asks for it."""
        return moment(self.event.at)

    @property
    def bureau(self) -> str:
        return self.event.bureau_name

    @property
    def capacity(self) -> str:
        """Role and bureau; nothing where the name says the role already."""
        if not self.role or self.role in self.who:
            return ""
        return f"{self.role} · {self.bureau}" if self.bureau else self.role

    @property
    def label(self) -> str:
        return self.event.label

    @property
    def reason(self) -> str:
        return self.event.comment


def of_root(obj: Any) -> QuerySet[Event]:
    """The history of an object that the person may see: its events, and those of what belongs to it."""
    kind, pk = obj.trail_root()
    return Event.objects.filter(chain__scope=obj.trail_scope(), root_kind=kind, root_id=pk).order_by("-seq")


def of_object(obj: Any) -> QuerySet[Event]:
    """The events of one object alone, newest first."""
    return Event.objects.filter(chain__scope=obj.trail_scope(), kind=kind_of(obj), object_id=obj.pk).order_by(
        "-seq"
    )


def about(obj: models.Model) -> "models.QuerySet[Event]":
    """The events of one object of a programme, newest first; whoever sees the object may read them."""
    scope = obj.trail_scope()  # type: ignore[attr-defined]
    events = Event.objects.filter(chain__scope=scope, kind=kind_of(obj), object_id=obj.pk)
    return events.order_by("-seq")


def lines(events: Iterable[Event]) -> list[Line]:
    """One line per event, with what a sentence says of its changes."""
    return _lined([[event] for event in events])


def acts(events: Iterable[Event]) -> list[Line]:
    """One line per act, in the order given: the events that one unit wrote belong together."""
    groups: list[list[Event]] = []
    for event in events:
        if groups and _same_act(groups[-1], event):
            groups[-1].append(event)
        else:
            groups.append([event])
    return _lined(groups)


def role_of(event: Event) -> str:
    """Role and bureau under which the person acted, in words."""
    role = _choice("membership", "role", event.role)
    return f"{role} · {event.bureau_name}" if event.bureau_name else role


def told(groups: Sequence[Sequence[Event]]) -> list[Line]:
    """One line per group, for a caller that knows which events one act wrote."""
    return _lined(groups)


def opened(event: Event) -> list[Change]:
    """Every recorded change of one event, for the row that is opened."""
    changed = json.loads(event.changes)
    names = _names(_ids([(event.kind, changed)]))
    return [_change(event.kind, name, pair, names) for name, pair in changed.items()]


def changes_of(objects: Sequence[tuple[str, dict[str, Any]]]) -> list[list[Change]]:
    """For each kind with its changed fields, the changes in words."""
    names = _names(_ids(objects))
    return [[_change(kind, name, pair, names) for name, pair in changed.items()] for kind, changed in objects]


def _same_act(group: list[Event], event: Event) -> bool:
    first = group[0]
    same = (first.chain_id, first.at, first.actor_id, first.action) == (
        event.chain_id,
        event.at,
        event.actor_id,
        event.action,
    )
    return same and (event.kind, event.object_id) not in {(one.kind, one.object_id) for one in group}


def _lined(groups: Sequence[Sequence[Event]]) -> list[Line]:
    said = [[(event, _said(event)) for event in group] for group in groups]
    names = _names(_ids([(event.kind, changed) for group in said for event, changed in group]))
    return [_line(group, names) for group in said]


def _line(group: Sequence[tuple[Event, dict[str, Any]]], names: dict[tuple[str, str], str]) -> Line:
    head = next((event for event, changed in group if "status" in changed), group[0][0])
    changes = [
        _change(event.kind, name, pair, names)
        for event, changed in sorted(group, key=lambda pair: pair[0] is not head)
        for name, pair in changed.items()
    ]
    return Line(
        event=head,
        verb=str(VERBS.get(head.action, head.action)),
        kind=str(KINDS.get(head.kind, head.kind)),
        who=standing_in(head.actor_name, head.acting_for),
        role=_choice("membership", "role", head.role),
        door=str(DOORS.get(head.door, head.door)),
        changes=changes,
    )


def _said(event: Event) -> dict[str, Any]:
    """The changes that a sentence says: of a new object little but what has a reader of its own."""
    changed = json.loads(event.changes)
    is_new = all(old is None for old, _new in changed.values()) and ("status" in changed or len(changed) > 2)
    return {
        name: pair
        for name, pair in changed.items()
        if pair[1] not in EMPTY or pair[0] not in EMPTY
        if (event.kind, name) in READERS
        or (event.kind, name) in SAID_OF_NEW
        or not (is_new or name in UNSAID or name.endswith(("_at", "_by")))
    }


def _change(kind: str, name: str, pair: list[str | None], names: dict[tuple[str, str], str]) -> Change:
    old, new = (_words(kind, name, value, names) for value in pair)
    return Change(name, field_label(kind, name), old, new or NOTHING)


def field_label(kind: str, name: str) -> str:
    """The field's heading, or its own name where the model has changed since."""
    found = _field(kind, name)
    if found is not None and not isinstance(found.verbose_name, str):
        return str(found.verbose_name)
    return str(FIELDS.get(name) or KINDS.get(name) or KINDS.get(_target(found)) or name)


def _words(kind: str, name: str, value: str | None, names: dict[tuple[str, str], str]) -> str:
    """A recorded text as a person reads it."""
    if value in (None, ""):
        return ""
    assert value is not None
    if (kind, name) in READERS:
        return READERS[kind, name](value)
    found = _field(kind, name)
    if isinstance(found, models.ForeignKey):
        return names.get((_target(found), value), f"#{value}")
    if (kind, name) in LISTED:
        return ", ".join(names.get((LISTED[kind, name], pk), f"#{pk}") for pk in _listed(value))
    if found is not None and getattr(found, "choices", None):
        return _choice(kind, name, value)
    if isinstance(found, models.BooleanField):
        return _("yes") if value == "true" else _("no")
    if isinstance(found, models.DecimalField):
        return value.rstrip("0").rstrip(".") if "." in value else value
    if isinstance(found, models.DateTimeField):
        return days.iso_moment(parse_datetime(value))
    if isinstance(found, models.DateField):
        return days.iso(parse_date(value))
    if isinstance(found, models.JSONField):
        return _plain(json.loads(value))
    return value


def _listed(value: str | None) -> list[str]:
    """The ids of a recorded list of them."""
    return [str(pk) for pk in json.loads(value)] if value else []


def _plain(value: Any) -> str:
    """A JSON value without its brackets."""
    if isinstance(value, dict):
        return "; ".join(
            f"{name}: {_plain(one)}" for name, one in value.items() if one not in ("", None, [], {})
        )
    if isinstance(value, list) and all(isinstance(one, list) and len(one) == 2 for one in value):
        return "; ".join(f"{_plain(name)}: {_plain(one)}" for name, one in value if one)
    if isinstance(value, list):
        return ", ".join(_plain(one) for one in value)
    return str(value)


def _choice(kind: str, name: str, value: str) -> str:
    found = _field(kind, name)
    choices = dict(found.flatchoices) if isinstance(found, models.Field) else {}
    return str(choices.get(value, value))


def _ids(changed: Iterable[tuple[str, dict[str, Any]]]) -> dict[str, set[str]]:
    """The ids of named kinds that the changes speak of."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for kind, fields in changed:
        for name, pair in fields.items():
            found = _field(kind, name)
            if isinstance(found, models.ForeignKey):
                wanted[_target(found)] |= {value for value in pair if value}
            elif (kind, name) in LISTED:
                wanted[LISTED[kind, name]] |= {pk for value in pair for pk in _listed(value)}
    return wanted


def _names(wanted: dict[str, set[str]]) -> dict[tuple[str, str], str]:
    """The names of these rows, one query per kind; one more for all whose name stands in the records alone."""
    names = _recorded_names({kind: ids for kind, ids in wanted.items() if kind not in NAMED and ids})
    for kind in NAMED:
        if wanted.get(kind):
            rows = models_by_kind()[kind]._base_manager.in_bulk([int(value) for value in wanted[kind]])
            names |= {(kind, str(pk)): str(row) for pk, row in rows.items()}
    return names


def _recorded_names(wanted: dict[str, set[str]]) -> dict[tuple[str, str], str]:
    """What the last event of each of these objects called it."""
    if not wanted:
        return {}
    these = Q(pk__in=[])
    for kind, ids in wanted.items():
        these |= Q(kind=kind, object_id__in=[int(value) for value in ids])
    found = RecordedObject.objects.filter(these, chain__in=Chain.objects.values("pk")).annotate(
        label=Subquery(events_of_object().order_by("-seq").values("label")[:1])
    )
    return {(kind, str(pk)): label for kind, pk, label in found.values_list("kind", "object_id", "label")}


def _field(kind: str, name: str) -> Any:
    model = models_by_kind().get(kind)
    return next((field for field in model._meta.fields if field.name == name), None) if model else None


def _target(found: Any) -> str:
    """The kind that a link leads to; empty for any other field."""
    return kind_of(found.related_model) if isinstance(found, models.ForeignKey) else ""


@cache
def models_by_kind() -> dict[str, type[models.Model]]:
    """The recorded models by the word that names them in events."""
    return {kind_of(model): model for model in apps.get_models() if hasattr(model, "recorded")}
