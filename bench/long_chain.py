"""A register whose every row was recorded, and changed again and again: its chain is as long as one likes."""

import datetime
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from django.db import connection

from qdtrade import clock
from qdtrade.audit.canonical import dumps, snapshot
from qdtrade.audit.models import Chain, Event, RecordedObject
from qdtrade.audit.trail import kind_of
from qdtrade.programmes.models import Period
from tasks.models import ExpectedReport, Report, ReportVersion
from tests.conftest import NOW

from . import pages, register

EVENTS = 1_000_000
wanted = EVENTS

BEGAN = NOW - datetime.timedelta(days=40)
MIDDLE = NOW - datetime.timedelta(days=20)
UNRECORDED = (Period, ExpectedReport, Report, ReportVersion)
"""What `register` fills, or changes, without an event."""

PAGES = {
    "register": "/tasks/",
    "register, a word": "/tasks/?q=知识产权",
    "task": "/tasks/{task}/",
    "reports": "/reports/",
    "responsibility": "/responsibility/",
    "API, tasks": "/api/v1/tasks/",
}


def fill() -> dict[str, Any]:
    with clock.at(BEGAN):
        people = register.fill()
        chain = Chain.objects.exclude(scope=0).get()
        for model in UNRECORDED:
            _record(chain, model)
    _lengthen(chain)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return people


def _record(chain: Chain, model: Any) -> None:
    """An event for each row, with the state that it has, and no line that could be checked."""
    rows = model._base_manager.order_by("pk").iterator(chunk_size=register.BATCH)
    while some := list(islice(rows, register.BATCH)):
        Event.objects.bulk_create(_events(chain, some))
        known = RecordedObject.objects.filter(chain=chain, kind=kind_of(model))
        seen = set(known.values_list("object_id", flat=True))
        RecordedObject.objects.bulk_create(
            RecordedObject(chain=chain, kind=kind_of(row), object_id=row.pk)
            for row in some
            if row.pk not in seen
        )
    chain.save(update_fields=["length", "at"])


def _events(chain: Chain, rows: list[Any]) -> Iterator[Event]:
    for row in rows:
        chain.length += 1
        kind, pk = row.trail_root()
        yield Event(
            chain=chain, seq=chain.length, at=BEGAN, action="edit", kind=kind_of(row), object_id=row.pk,
            label=str(row.pk), root_kind=kind, root_id=pk, actor_name="bench", door="command",
            changes="{}", line="{}", hash="0" * 64,
            state=dumps(snapshot(row, row.recorded)),
        )  # fmt: skip


def _lengthen(chain: Chain) -> None:
    """Write the whole block of events again and again, a later day each time, until there are enough."""
    block = chain.length
    times = max(2, wanted // block)
    names = [one.column for one in Event._meta.concrete_fields if one.name not in {"id", "seq", "at"}]
    columns = ", ".join(names)
    step = (NOW - BEGAN) / times
    for number in range(1, times):
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO audit_event (seq, at, {columns}) SELECT seq + %s, %s, {columns} FROM audit_event"
                " WHERE chain_id = %s AND seq <= %s",
                [block * number, (BEGAN + step * number).astimezone(datetime.UTC), chain.pk, block],
            )
    chain.length, chain.at = block * times, NOW
    chain.save(update_fields=["length", "at"])


def named() -> dict[str, int]:
    return register.named()


def said() -> str:
    return register.said()


def compared(people: dict[str, Any], runs: int, asked: Mapping[str, str], names: dict[str, int]) -> None:
    """A line for each page and person: now, as of the middle, and how many times longer that takes."""
    print(f"{'':30} {'':10} {'now ms':>8} {'queries':>8} {'then ms':>8} {'queries':>8} {'ratio':>6}")
    for name, address in asked.items():
        now = address.format(**names)
        then = f"{now}{'&' if '?' in now else '?'}as_of={MIDDLE:%Y-%m-%d}"
        for who, person in people.items():
            present, past = pages.measured(person, now, runs), pages.measured(person, then, runs)
            if present is None or past is None:
                continue
            ratio = past.passed / present.passed
            print(
                f"{name:30} {who:10} {present.passed:>8.0f} {present.queries:>8}"
                f" {past.passed:>8.0f} {past.queries:>8} {ratio:>6.1f}",
                flush=True,
            )
