"""A chain of a million records, and what it takes to turn its pages, to search it and to take it away."""

import datetime
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import get_runner, override_settings, setup_test_environment

from qdtrade import clock
from qdtrade.audit.canonical import digest, dumps, moment
from qdtrade.audit.models import Chain, Event
from qdtrade.home import copied
from tests import factories
from tests.conftest import NOW

EVENTS, OBJECTS, PEOPLE, BUREAUS = 999_000, 60_000, 60, 40
"""A file holds a million records at most, and measuring adds some."""

RUNS, EXPORTS = 9, 3
BATCH = 5_000
MATTERS = ("知识产权", "跨境电商", "数字贸易", "服务外包", "离岸贸易", "国际航运", "中医药服务", "金融服务")
ACTS = ("submit", "approve", "return", "edit", "create", "attach", "take", "withdraw")
KINDS = ("task", "report", "reportversion", "milestone", "reportfile")
PAGES = {
    "first page": "",
    "a page in the middle": "before={middle}",
    "the last page": "before=26",
    "by who, first page": "ordering=who",
    "by who, in the middle": "ordering=who&before={middle}",
    "oldest first, in the middle": "ordering=at&before={middle}",
    "a person": "actor=7",
    "a bureau": "bureau=b7",
    "an action": "action=withdraw",
    "a kind and an action": "kind=report&action=return",
    "a day": "from=2021-03-01&to=2021-03-01",
    "a task with all that belongs to it": "about=1-0001",
    "a frequent word": "q=知识产权",
    "two characters": "q=航运",
    "two characters that stand nowhere": "q=龙鳞",
    "a rare word": "q=第777777号",
    "a word that stands nowhere": "q=绝无此词",
}


def measure(events: int = EVENTS) -> None:
    setup_test_environment()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        with clock.at(NOW), override_settings(ALLOWED_HOSTS=["testserver"]):
            began = time.perf_counter()
            person, programme = fill(events)
            print(f"{events:,} events in {time.perf_counter() - began:.0f} s", flush=True)
            version = ".".join(map(str, connection.get_database_version()))
            print(f"{connection.display_name} {version}, Python {platform.python_version()}, "
                  f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}\n")  # fmt: skip
            pages(person, events // 2)
            files(person, programme)
    finally:
        runner.teardown_databases(databases)


def fill(events: int) -> tuple[Any, Any]:
    """The auditor, and the programme whose chain holds the events."""
    region = factories.bureau("qingdao", "青岛市")
    bureaus = [factories.bureau(f"b{number}", f"市第{number}局", parent=region) for number in range(BUREAUS)]
    programme = factories.programme(region)
    manager = factories.member("manager", programme, "manager", bureaus[0])
    auditor = factories.member("auditor", programme, "auditor")
    field = factories.field(programme)
    factories.task(field, bureaus[0], by=manager, code="1-0001")
    chain = Chain.objects.get(scope=programme.pk)
    rows = _events(chain, bureaus, events)
    while some := list(islice(rows, BATCH)):
        _insert(some)
    Chain.objects.filter(pk=chain.pk).update(length=chain.length, head=chain.head, at=chain.at)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return auditor, programme


def _insert(rows: list[Event]) -> None:
    """By COPY where there is one: making the world is not what is measured."""
    if connection.vendor != "postgresql":
        Event.objects.bulk_create(rows, batch_size=BATCH)
        return
    names = [field.attname for field in Event._meta.concrete_fields if not field.primary_key]
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY audit_event ({', '.join(names)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row([getattr(row, name) for name in names])


def _events(chain: Chain, bureaus: list[Any], number: int) -> Iterator[Event]:
    start = datetime.datetime(2020, 8, 2, 1, 0, tzinfo=datetime.UTC)
    step = datetime.timedelta(days=400) / number
    for place in range(1, number + 1):
        chain.length += 1
        chain.at = start + step * place
        yield _event(chain, place, bureaus[place % BUREAUS])


def _event(chain: Chain, place: int, bureau: Any) -> Event:
    matter, act, kind = MATTERS[place * 7 % 8], ACTS[place * 13 % 8], KINDS[place * 11 % 5]
    person, thing, task = place * 31 % PEOPLE, place * 101 % OBJECTS + 1, place * 101 % 2000 + 1
    label = f"{task % 8 + 1}-{task:04} {matter}公共服务平台建设"
    comment = f"请补充{matter}的佐证材料，第{place}号" if act == "return" else ""
    changes = {
        "progress": [str(place % 90), str(place % 90 + 3)],
        "done": [None, f"本期{matter}工作取得进展，服务企业{place % 400}家，办理时间压减{place % 60}%，已召开座谈会。"],
        "status": ["draft", "submitted"],
    }  # fmt: skip
    content = {
        "v": "1", "alg": "sha256", "chain": chain.code, "seq": str(chain.length), "prev": chain.head,
        "at": moment(chain.at), "action": act, "kind": kind, "object": str(thing), "label": label,
        "root": f"task:{task}",
        "actor": {"id": str(person), "name": f"第{person}号人员", "role": "staff", "bureau": str(bureau.pk),
                  "bureau_name": bureau.name},
        "door": "page", "comment": comment, "changes": changes,
    }  # fmt: skip
    line = dumps(content)
    chain.head = digest(line)
    return Event(
        chain=chain, seq=chain.length, at=chain.at, action=act, kind=kind, object_id=thing, label=label,
        root_kind="task", root_id=task, actor_id=person, actor_name=f"第{person}号人员",
        role="staff", bureau_id=bureau.pk,
        bureau_name=bureau.name, door="page", comment=comment, changes=dumps(changes), line=line, hash=chain.head,
        state=dumps({name: new for name, (_old, new) in changes.items()}),
    )  # fmt: skip


def pages(person: Any, middle: int) -> None:
    client = Client()
    client.force_login(person)
    client.get("/records/")  # the first visit is recorded
    print(f"{'page':38}{'ms':>8}{'of the first':>14}")
    first = 0.0
    for name, query in PAGES.items():
        address = f"/records/?{query.format(middle=middle)}"
        taken = statistics.median(_seconds(partial(client.get, address)) for _run in range(RUNS))
        first = first or taken
        print(f"{name:38}{taken * 1000:8.0f}{taken / first:14.2f}", flush=True)


def _seconds(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def files(person: Any, programme: Any) -> None:
    """Each way as often as the others, in turns; the best of each, for the machine has other work."""
    client = Client()
    client.force_login(person)
    ways: dict[str, Callable[[], Iterable[bytes]]] = {
        "JSON Lines": lambda: _file(client, "jsonl"),
        "CSV": lambda: _file(client, "csv"),
    }
    if copied.is_possible():
        rows = Event.objects.filter(chain__scope=programme.pk).order_by("seq")
        names = [f.attname for f in Event._meta.concrete_fields if f.attname not in {"line", "state"}]
        ways = {
            "COPY, the line": lambda: copied._copied(copied._statement(rows.values_list("line"), "FORMAT text")),
            "COPY, the columns": lambda: copied._copied(copied._statement(rows.values_list(*names), "FORMAT text")),
        } | ways  # fmt: skip
    best: dict[str, tuple[float, int, int]] = {}
    for _run in range(EXPORTS):
        for name, way in ways.items():
            found = _taken(way)
            best[name] = min(best.get(name, found), found)
    _table(best, Event.objects.filter(chain__scope=programme.pk).count())


def _file(client: Client, form: str) -> Iterable[bytes]:
    answer = client.get(f"/records/export/?format={form}")
    assert answer.status_code == 200, answer.content
    pieces: Iterable[bytes] = answer.streaming_content  # type: ignore[attr-defined]
    return pieces


def _table(best: dict[str, tuple[float, int, int]], rows: int) -> None:
    print(f"\n{'file':24}{'rows/s':>12}{'of COPY':>10}{'MB':>8}{'memory +MB':>13}")
    own = {"JSON Lines": "COPY, the line", "CSV": "COPY, the columns"}
    for name, (seconds, size, grown) in best.items():
        copy = best.get(own.get(name, name))
        ratio = f"{copy[0] / seconds:10.2f}" if copy else f"{'—':>10}"
        print(f"{name:24}{rows / seconds:12,.0f}{ratio}{size / 1e6:8.0f}{grown / 1024:13.1f}", flush=True)


def _taken(way: Callable[[], Any]) -> tuple[float, int, int]:
    """Seconds, bytes, and by how many kB the process grew at its largest."""
    before = _memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    began = time.perf_counter()
    size = sum(map(len, way()))
    return time.perf_counter() - began, size, _memory("VmHWM") - before


def _memory(name: str) -> int:
    """A figure of this process in kB, as Linux keeps it."""
    status = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith(f"{name}:")))
