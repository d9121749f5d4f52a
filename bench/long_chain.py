"""A register whose every row was recorded, and changed again and again: its chain is as long as one likes."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
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

BEGAN = datetime.datetime(2020, 10, 9, 1, tzinfo=datetime.UTC)
MIDDLE = datetime.date(2021, 4, 1)
OF_A_MONTH = (ExpectedReport, Report, ReportVersion)
"""What `register` fills without an event for each row."""

PAGES = {
    "register": "/tasks/",
    "register, a word": "/tasks/?q=知识产权",
    "task": "/tasks/{task}/",
    "reports": "/reports/",
    "responsibility": "/responsibility/",
    "API, tasks": "/api/v1/tasks/",
}


def fill() -> dict[str, Any]:
    """A year: each month its period and its reports are recorded when they are due, and in between tasks change."""
    with clock.at(BEGAN):
        people = register.fill()
    chain = Chain.objects.exclude(scope=0).get()
    first = Event.objects.filter(chain=chain, kind="task").order_by("seq").values_list("seq", flat=True)
    block = (first[0], first[len(first) - 1])
    periods = list(Period.objects.order_by("starts_on"))
    each = (wanted - chain.length - 3 * Report.objects.count()) // register.TASKS // len(periods)
    for period in periods:
        due = datetime.datetime.combine(period.due_on, datetime.time(2), datetime.UTC)
        _record(chain, [period], min(due, NOW))
        for model, within in zip(OF_A_MONTH, ("", "expected__", "report__expected__"), strict=True):
            _record(chain, model._base_manager.filter(**{f"{within}period": period}), min(due, NOW))
        for number in range(each):
            _change_all(chain, block, min(due + number * datetime.timedelta(days=28) / each, NOW))
    chain.save(update_fields=["length", "at"])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return people


def _record(chain: Chain, rows: Iterable[Any], at: datetime.datetime) -> None:
    """An event for each row, with the state that it has, and no line that could be checked."""
    waiting = iter(rows)
    while some := list(islice(waiting, register.BATCH)):
        Event.objects.bulk_create(_events(chain, some, at))
        kind = kind_of(some[0])
        known = RecordedObject.objects.filter(chain=chain, kind=kind).values_list("object_id", flat=True)
        new = {row.pk for row in some} - set(known)
        RecordedObject.objects.bulk_create(
            RecordedObject(chain=chain, kind=kind, object_id=pk) for pk in sorted(new)
        )


def _change_all(chain: Chain, block: tuple[int, int], at: datetime.datetime) -> None:
    """Every task is changed once more: its first event, again."""
    columns = ", ".join(
        str(one.column) for one in Event._meta.concrete_fields if one.name not in {"id", "seq", "at"}
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO audit_event (seq, at, {columns}) SELECT seq + %s, %s, {columns} FROM audit_event"
            " WHERE chain_id = %s AND seq BETWEEN %s AND %s",
            [chain.length + 1 - block[0], at, chain.pk, *block],
        )
    chain.length, chain.at = chain.length + 1 + block[1] - block[0], at


def _events(chain: Chain, rows: list[Any], at: datetime.datetime) -> Iterator[Event]:
    for row in rows:
        chain.length += 1
        kind, pk = row.trail_root()
        yield Event(
            chain=chain, seq=chain.length, at=at, action="edit", kind=kind_of(row), object_id=row.pk,
            label=str(row.pk), root_kind=kind, root_id=pk, actor_name="bench", door="command",
            changes="{}", line="{}", hash="0" * 64,
            state=dumps(snapshot(row, row.recorded)),
        )  # fmt: skip


def named() -> dict[str, int]:
    return register.named()


def said() -> str:
    return register.said()


def compared(people: dict[str, Any], runs: int, asked: Mapping[str, str], names: dict[str, int]) -> None:
    """A line for each page and person: now, as of the middle, and how many times longer that takes."""
    print(
        f"{'':22} {'':10} {'now ms':>8} {'cpu':>6} {'queries':>8} {'then ms':>8} {'cpu':>6} {'queries':>8} {'ratio':>6}"
    )
    for name, address in asked.items():
        now = address.format(**names)
        then = f"{now}{'&' if '?' in now else '?'}as_of={MIDDLE}"
        for who, person in people.items():
            present, past = pages.measured(person, now, runs), pages.measured(person, then, runs)
            if present is None or past is None:
                continue
            cells = [f"{one.passed:>8.0f} {one.worked:>6.0f} {one.queries:>8}" for one in (present, past)]
            print(f"{name:22} {who:10} {' '.join(cells)} {past.passed / present.passed:>6.1f}", flush=True)
