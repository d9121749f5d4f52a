"""Comparing the rows of today with the records: what was changed without being recorded.

A chain shows what was done to the records; this shows what was done past them, straight in the database.
"""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery

from .canonical import EMPTY, snapshot
from .models import Chain, RecordedObject, events_of_object
from .trail import kind_of

PAGE = 1000
TRIES = 5
"""How often an object is asked again that others are changing meanwhile."""


class Difference(NamedTuple):
    """A row that is not as its last record left it; `fields` is empty for a row that is there, or gone, unrecorded."""

    kind: str
    object_id: int
    fields: tuple[str, ...]


def recorded_models() -> dict[str, type[models.Model]]:
    """Every model whose changes are recorded, by the word that names it in the records."""
    return {kind_of(model): model for model in apps.get_models() if hasattr(model, "recorded")}


def differences(chain: Chain) -> Iterator[Difference]:
    """The rows of this chain that are not as recorded, a page of objects at a time."""
    for kind, model in recorded_models().items():
        listed = RecordedObject.objects.filter(chain=chain, kind=kind).order_by("object_id")
        last = 0
        while page := list(_with_state(listed.filter(object_id__gt=last))[:PAGE]):
            last = page[-1][0]
            rows = model._default_manager.in_bulk([object_id for object_id, _state in page])
            for object_id, state in page:
                fields = _differing(rows.get(object_id), state)
                if fields is not None:
                    yield from _asked_again(listed.filter(object_id=object_id), model)


def unrecorded() -> Iterator[Difference]:
    """Rows of recorded models that no record ever named, in whatever chain."""
    for kind, model in recorded_models().items():
        named = RecordedObject.objects.filter(kind=kind, object_id=OuterRef("pk"))
        for pk in (
            model._default_manager.filter(~models.Exists(named)).order_by("pk").values_list("pk", flat=True)
        ):
            yield Difference(kind, pk, ())


def _with_state(listed: "QuerySet[RecordedObject]") -> Any:
    states = listed.annotate(state=Subquery(events_of_object().order_by("-seq").values("state")[:1]))
    return states.values_list("object_id", "state")


def _differing(row: Any, state: str | None) -> tuple[str, ...] | None:
    """The fields in which a row differs from a state, or None where they agree."""
    if row is None or state is None:
        return None if row is None and state is None else ()
    kept = json.loads(state)
    now = snapshot(row, row.recorded)
    began = getattr(row, "began_as", {})
    return tuple(name for name in now if not _agree(name, now, kept, began.get(name))) or None


def _agree(name: str, now: dict[str, str | None], kept: dict[str, str | None], began: str | None) -> bool:
    """A field that the model gained after the object's last event is empty yet, or what it began with."""
    return now[name] == kept[name] if name in kept else now[name] in EMPTY or now[name] == began


def _asked_again(listed: "QuerySet[RecordedObject]", model: type[models.Model]) -> Iterator[Difference]:
    """The difference, if it is still there when nobody wrote between the record and the row."""
    for _number in range(TRIES):
        object_id, state = _with_state(listed).get()
        row = model._default_manager.filter(pk=object_id).first()
        fields = _differing(row, state)
        if fields is None:
            return
        if _with_state(listed).get()[1] == state:
            yield Difference(kind_of(model), object_id, fields)
            return
