"""Keeping lights: in the unit of every act that touches what they show, and every midnight.

There is one hook. Records name the object whose history they belong to; when an act ends, the lights of all these are
judged once, together, and kept where they changed or where the day has none. What changes many at once (a period that
closes, a programme's own rules) re-lights those that it concerns. So no act needs to know of lights.

The rows of the objects are held while they are judged, in the order of their ids: of two acts at a time on one object
the second judges what the first left.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q

from qdtrade import clock
from qdtrade.accounts.actions import service_user
from qdtrade.audit import trail
from qdtrade.programmes.models import Programme

from ..judging import Judged
from ..kinds import KINDS, Kind
from ..levels import Level
from ..models import LightDay
from ..standing import Standing, standing
from .rules import take_first_rule

BATCH = 500


def keep_touched(unit: trail.Unit) -> None:
    """Called at the end of each act: the lights of everything that it recorded something about."""
    _give_first_rules(unit)
    touched = {(entry.root, entry.kind, entry.object_id, entry.scope) for entry in unit.entries}
    scopes = {scope for _root, kind, _pk, scope in touched if kind in {"lightrule", "programme"} and scope}
    scopes |= {pk for _root, kind, pk, _scope in touched if kind == "programme"}
    periods = {pk for _root, kind, pk, _scope in touched if kind == "period"}
    for kind in KINDS.values():
        ids = {root[1] for root, _kind, _pk, _scope in touched if root[0] == kind.name}
        if periods:
            ids |= set(kind.of_periods(periods))
        if scopes:
            ids |= set(kind.model.objects.filter(programme__in=scopes).values_list("pk", flat=True))
        if ids:
            keep(kind, ids, at=unit.began)


def _give_first_rules(unit: trail.Unit) -> None:
    """A new programme begins with a rule, made by whoever made it."""
    made = [entry for entry in unit.entries if entry.kind == "programme" and entry.is_new]
    for entry in made:
        take_first_rule(Programme.objects.get(pk=entry.object_id), by=entry.by, acting=entry.acting)


def keep_all(programme: Programme) -> int:
    """Keep today's light of every object of a programme that has none yet, or another; returns how many were kept.

    For the timer: each batch is an act of its own. A day that was missed is never filled in.
    """
    kept = 0
    for kind in KINDS.values():
        ids = list(kind.model.objects.filter(programme=programme).order_by("pk").values_list("pk", flat=True))
        for batch in _batches(ids):
            with trail.unit() as unit:
                kept += keep(kind, batch, at=unit.began)
    return kept


def keep(kind: Kind, ids: Iterable[int], *, at: datetime.datetime) -> int:
    """Judge these objects and keep what is new; a fixed number of queries for each 500. Returns how many were kept."""
    kept, known = 0, dict[int, Standing]()
    for batch in _batches(sorted(ids)):
        held = kind.model.objects.filter(pk__in=batch).order_by("pk")
        objects = list(held.select_for_update(of=("self",), no_key=True))
        _learn(known, kind, objects, clock.day_of(at))
        rows = _new_lights(kind, objects, known, at)
        kind.lights._default_manager.bulk_create(rows, batch_size=BATCH)
        kept += len(rows)
    return kept


def _learn(known: dict[int, Standing], kind: Kind, objects: Sequence[Any], day: datetime.date) -> None:
    """The rules and periods of the objects' programmes; one that never had a rule is given its first one."""
    new = {one.programme_id for one in objects} - known.keys()
    if not new:
        return
    known |= standing(kind, new, day)
    without = new - known.keys()
    for programme in Programme.objects.filter(pk__in=without).order_by("pk") if without else ():
        take_first_rule(programme, by=service_user("timer"), acting=None)
    if without:
        known |= standing(kind, without, day)


def _new_lights(
    kind: Kind, objects: Sequence[Any], known: dict[int, Standing], at: datetime.datetime
) -> list[LightDay]:
    """The rows to be kept: none where the last one of the day says the same."""
    today = clock.day_of(at)
    last, reds = _kept(kind, objects, known, today)
    rules = {programme: one.rule for programme, one in known.items()}
    judged = kind.judge(objects, rules, reds, at)
    overrides = _overrides(kind, objects, today)
    rows = (
        _row(kind, one, judged[one.pk], known[one.programme_id], overrides.get(one.pk), at) for one in objects
    )
    return [row for row in rows if _says(row) != last.get(getattr(row, f"{kind.name}_id"))]


def _row(
    kind: Kind,
    one: Any,
    judged: Judged,
    known: Standing,
    override: tuple[int, str] | None,
    at: datetime.datetime,
) -> LightDay:
    pk, level = override or (None, judged.level)
    return kind.lights(
        **{f"{kind.name}_id": one.pk, "override_id": pk},
        day=clock.day_of(at),
        kept_at=at,
        level=str(level),
        computed=str(judged.level),
        reasons=judged.reasons,
        rule=known.rule,
    )


def _says(row: Any) -> tuple[Any, ...]:
    return row.level, row.computed, row.reasons, row.rule_id, row.override_id


def _kept(
    kind: Kind, objects: Sequence[Any], known: dict[int, Standing], today: datetime.date
) -> tuple[dict[int, tuple[Any, ...]], set[int]]:
    """What the last row of today says, by object, and which objects were red in their period; one query."""
    since: dict[datetime.date, list[int]] = defaultdict(list)
    for one in objects:
        since[known[one.programme_id].starts_on].append(one.pk)
    asked = Q(pk__in=[])
    for day, pks in since.items():
        were_red = Q(computed=Level.RED.value, day__gte=day, day__lte=today)
        asked |= Q(**{f"{kind.name}__in": pks}) & (Q(day=today) | were_red)
    rows: Any = kind.lights._default_manager.filter(asked).order_by("pk")
    last: dict[int, tuple[Any, ...]] = {}
    reds: set[int] = set()
    for row in rows:
        pk = getattr(row, f"{kind.name}_id")
        if row.day == today:
            last[pk] = _says(row)
        if row.computed == Level.RED:
            reds.add(pk)
    return last, reds


def _overrides(kind: Kind, objects: Sequence[Any], today: datetime.date) -> dict[int, tuple[int, str]]:
    """What a person decided that holds today, by object: the one set last."""
    rows: Any = kind.overrides._default_manager
    running = rows.running(today).filter(**{f"{kind.name}__in": [one.pk for one in objects]}).order_by("pk")
    return {
        pk: (override, level) for pk, override, level in running.values_list(f"{kind.name}_id", "pk", "level")
    }


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
