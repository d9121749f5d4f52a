"""Keeping lights: in the unit of every act that touches what they show, and every midnight.

There is one hook. Records name the object whose history they belong to; when an act ends, the lights of all these are
judged once, together, and kept where they changed or where the day has none. What changes many at once (a period that
closes, a programme's own rules) re-lights those that it concerns. So no act needs to know of lights.

The rows of the objects are held while they are judged, in the order of their ids: of two acts at a time on one object
the second judges what the first left.
"""

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Max, Q

from qdtrade import clock
from qdtrade.accounts.actions import service_user
from qdtrade.audit import trail
from qdtrade.programmes.models import Programme

from ..judging import Judged
from ..kinds import KINDS, Kind
from ..levels import Level
from ..models import LightDay, LightRule
from ..standing import periods_on, rules_on
from .rules import take_first_rule

BATCH = 500
LONGEST_PERIOD = datetime.timedelta(days=92)
"""A quarter: whatever the period, it began no earlier."""

Said = tuple[Any, ...]


def keep_touched(unit: trail.Unit) -> None:
    """Called at the end of each act: the lights of everything that it recorded something about."""
    _give_first_rules(unit)
    entries = list(unit.entries)
    periods = {entry.object_id for entry in entries if entry.kind == "period"}
    programmes = {entry.scope for entry in entries if entry.kind == "lightrule"}
    programmes |= {entry.object_id for entry in entries if entry.kind == "programme" and not entry.is_new}
    for kind in KINDS.values():
        of_kind = [entry for entry in entries if entry.root[0] == kind.name]
        changed = {entry.root[1] for entry in of_kind if entry.kind in kind.reads}
        if periods:
            changed |= set(kind.of_periods(periods))
        if programmes:
            rows = kind.model.objects.filter(programme__in=programmes)
            changed |= set(rows.values_list("pk", flat=True))
        named = {entry.root[1] for entry in of_kind} - changed
        changed |= _unlit(kind, named, clock.day_of(unit.began)) if named else set()
        if changed:
            keep(kind, changed, at=unit.began)


def _give_first_rules(unit: trail.Unit) -> None:
    """A new programme begins with a rule, made by whoever made it."""
    made = [entry for entry in unit.entries if entry.kind == "programme" and entry.is_new]
    for entry in made:
        take_first_rule(Programme.objects.get(pk=entry.object_id), by=entry.by, acting=entry.acting)


def _unlit(kind: Kind, ids: Collection[int], today: datetime.date) -> set[int]:
    """Those for which no light was kept today."""
    kept = kind.lights._default_manager.filter(**{f"{kind.name}__in": ids}, day=today)
    return set(ids) - set(kept.values_list(f"{kind.name}_id", flat=True))


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
    kept, rules = 0, dict[int, LightRule]()
    for batch in _batches(sorted(ids)):
        held = kind.model.objects.filter(pk__in=batch).order_by("pk")
        objects = list(held.select_for_update(of=("self",), no_key=True))
        _learn(rules, objects, clock.day_of(at))
        rows = _new_lights(kind, objects, rules, at)
        if rows:
            kind.lights._default_manager.bulk_create(rows, batch_size=BATCH)
        kept += len(rows)
    return kept


def _learn(rules: dict[int, LightRule], objects: Sequence[Any], today: datetime.date) -> None:
    """The rules of the objects' programmes; one that never had a rule is given its first one."""
    new = {one.programme_id for one in objects} - rules.keys()
    if not new:
        return
    rules |= rules_on(today, new)
    without = new - rules.keys()
    if without:
        for programme in Programme.objects.filter(pk__in=without).order_by("pk"):
            take_first_rule(programme, by=service_user("timer"), acting=None)
        rules |= rules_on(today, without)


def _new_lights(
    kind: Kind, objects: Sequence[Any], rules: dict[int, LightRule], at: datetime.datetime
) -> list[LightDay]:
    """The rows to be kept: none where the last one of the day says the same."""
    ids, today = [one.pk for one in objects], clock.day_of(at)
    last, reds = _kept(kind, ids, today)
    judged = kind.judge(objects, rules, _in_this_period(kind, objects, reds, today), at)
    overrides = _overrides(kind, ids, today)
    found = []
    for one in objects:
        light, rule = judged[one.pk], rules[one.programme_id]
        override, level = overrides.get(one.pk, (None, str(light.level)))
        if last.get(one.pk) != (level, str(light.level), light.reasons, rule.pk, override):
            found.append(_row(kind, one.pk, light, level=level, rule=rule, override_id=override, at=at))
    return found


def _row(kind: Kind, pk: int, light: Judged, *, at: datetime.datetime, **fields: Any) -> LightDay:
    about = {f"{kind.name}_id": pk}
    return kind.lights(
        day=clock.day_of(at),
        kept_at=at,
        computed=str(light.level),
        reasons=light.reasons,
        **about,
        **fields,
    )


def _kept(
    kind: Kind, ids: Sequence[int], today: datetime.date
) -> tuple[dict[int, Said], dict[int, datetime.date]]:
    """What the last row of today says, by object, and the last day on which each was red not long ago."""
    rows = kind.lights._default_manager.filter(**{f"{kind.name}__in": ids}).order_by("day", "pk")
    since = Q(computed=Level.RED.value, day__gte=today - LONGEST_PERIOD, day__lt=today)
    said = rows.filter(day=today).values_list(
        f"{kind.name}_id", "level", "computed", "reasons", "rule_id", "override_id"
    )
    were_red = rows.filter(since).order_by().values_list(f"{kind.name}_id")
    reds: dict[int, datetime.date] = dict(were_red.annotate(last=Max("day")))
    last: dict[int, Said] = {}
    for pk, *row in said:
        last[pk] = tuple(row)
        if row[1] == Level.RED:
            reds[pk] = today
    return last, reds


def _in_this_period(
    kind: Kind, objects: Sequence[Any], reds: dict[int, datetime.date], today: datetime.date
) -> set[int]:
    """Of those that were red, the ones that were so in the period of today."""
    if not reds:
        return set()
    of = {one.pk: one.programme_id for one in objects if one.pk in reds}
    periods = periods_on(today, kind, set(of.values()))
    return {pk for pk, programme in of.items() if reds[pk] >= periods[programme].starts_on}


def _overrides(kind: Kind, ids: Sequence[int], today: datetime.date) -> dict[int, tuple[int, str]]:
    """What a person decided that holds today, by object: the one set last."""
    rows: Any = kind.overrides._default_manager
    running = rows.running(today).filter(**{f"{kind.name}__in": ids}).order_by("pk")
    return {
        pk: (override, level) for pk, override, level in running.values_list(f"{kind.name}_id", "pk", "level")
    }


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
