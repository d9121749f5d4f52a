"""The pages that are asked, by whom, and how long each takes."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, get_runner, override_settings, setup_test_environment

from qdtrade import clock
from tests.conftest import NOW

from . import register

RUNS = 7
PAGES = {
    "search, first letters": "/search/?q=zscq",
    "search, whole pinyin": "/search/?q=zhishichanquan",
    "search, a frequent word": "/search/?q=服务",
    "search, two words": "/search/?q=商务局 平台",
    "search, a rare word of a report": "/search/?q=第1234号",
    "search, nothing": "/search/?q=qqqqqq",
    "search, reports by pages": "/search/?q=服务&tab=reports&page=20",
    "my work": "/",
    "month of a bureau": "/month/",
    "desk": "/desk/",
    "desk, by risk": "/desk/?ordering=risk",
    "chase": "/chase/",
    "chase, 100 bureaus to a page": "/chase/?page_size=100",
    "chase, a bureau": "/chase/?bureau=b3",
    "chase, as a file": "/chase/export/?format=csv",
    "periods": "/periods/",
    "period, its figures": "/periods/{period}/",
    "task": "/tasks/{task}/",
    "register": "/tasks/",
    "register, a word": "/tasks/?q=知识产权",
    "register, by share of milestones": "/tasks/?ordering=-milestones",
    "register, by this period's report": "/tasks/?ordering=report",
    "register, every column, 100 rows": "/tasks/?page_size=100&show=lead,self_light,late,progress,plan,milestones,"
    "due_on,report,field,status,supporting,starts_on,forecast_on,standard",
    "roadmap": "/roadmap/",
    "roadmap, by month": "/roadmap/?zoom=month&against=baseline",
    "roadmap, every row for paper": "/roadmap/?page_size=paper",
    "responsibility": "/responsibility/",
    "responsibility, every line": "/responsibility/?open=all",
    "reports": "/reports/",
    "reports, what they say": "/reports/?q=座谈",
    "reports, by progress": "/reports/?ordering=-progress",
    "reports, by timeliness, page 200": "/reports/?ordering=timeliness&page=200",
    "records": "/records/",
    "records, by who": "/records/?ordering=who",
    "records, a word": "/records/?q=知识产权",
    "API, tasks": "/api/v1/tasks/?search=zscq",
    "API, reports": "/api/v1/reports/?search=座谈",
}


@dataclass(frozen=True)
class Measured:
    """The median of a page, in milliseconds: how long it took, and how long this process worked for it."""

    passed: float
    worked: float
    queries: int


Shown = Callable[[dict[str, Any], int, Mapping[str, str], dict[str, int]], None]


def measure(
    runs: int = RUNS, *, world: Any = register, pages: Mapping[str, str] = PAGES, shown: Shown | None = None
) -> None:
    """Fill a throw-away database with a world, ask every page, print the table."""
    setup_test_environment()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        with clock.at(NOW), override_settings(ALLOWED_HOSTS=["testserver"]):
            began = time.perf_counter()
            people = world.fill()
            print(f"{world.said()} in {time.perf_counter() - began:.0f} s", flush=True)
            print(
                f"{connection.display_name} {connection.pg_version if connection.vendor == 'postgresql' else ''}"
            )
            print(
                f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}\n"
            )
            (shown or table)(people, runs, pages, world.named())
    finally:
        runner.teardown_databases(databases)


def table(people: dict[str, Any], runs: int, pages: Mapping[str, str], named: dict[str, int]) -> None:
    print(f"{'':38}" + "".join(f"{who:>10} ms {'cpu':>6} {'queries':>8}" for who in people))
    for name, address in pages.items():
        cells = [_cell(measured(person, address.format(**named), runs)) for person in people.values()]
        print(f"{name:38}" + "".join(cells), flush=True)


def _cell(found: Measured | None) -> str:
    if found is None:
        return f"{'—':>13} {'':>6} {'':>8}"
    return f"{found.passed:>13.0f} {found.worked:>6.0f} {found.queries:>8}"


def measured(person: Any, address: str, runs: int) -> Measured | None:
    """How a page fares; None where the person may not see it."""
    client = Client()
    client.force_login(person)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
        _read(answer)
    queries = len(asked)  # the next request forgets them
    if answer.status_code in {403, 404}:
        return None
    assert answer.status_code == 200, (address, answer.status_code)
    times = islice(_times(lambda: _read(client.get(address))), runs)
    passed, worked = (1000 * statistics.median(some) for some in zip(*times, strict=True))
    return Measured(passed, worked, queries)


def _read(answer: Any) -> None:
    """To its end: a file is made while it leaves."""
    if answer.streaming:
        for _piece in answer.streaming_content:
            pass


def _times(ask: Callable[[], Any]) -> Iterator[tuple[float, float]]:
    """How long it took, and how long this process worked for it: the same on a machine with nothing else to do."""
    while True:
        began, worked = time.perf_counter(), time.process_time()
        ask()
        yield time.perf_counter() - began, time.process_time() - worked
