"""How many acts a second, with the chain and with an audit row alone, by turns in one run."""

import itertools
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable
from typing import Any
from unittest import mock

from django.db import connection, connections

from qdtrade import clock
from qdtrade.accounts.models import User
from qdtrade.audit import trail
from qdtrade.audit.models import Chain, Event
from qdtrade.workflow import perform
from tasks import workflow
from tasks.actions import register
from tasks.models import Report, Task
from tests import factories
from tests.conftest import NOW

from . import verifier
from .writers import FORK, WRITERS, house, throwaway

SECONDS, ROUNDS = 3.0, 5
EVENTS = 300_000

Act = Callable[[], None]


def measure(events: int = EVENTS) -> None:
    """Print what was measured, line by line."""
    print(f"{connection.display_name}, Python {platform.python_version()}, {os.cpu_count()} cores,"
          f" load {os.getloadavg()[0]:.0f}\n")  # fmt: skip
    with throwaway() as folder, clock.at(NOW):
        house(1)
        _submit_all()
        verifier.measure(folder, events)
        for name, make in (("edit a task", _edits), ("take a report, put it back", _takes)):
            for writers in (1, WRITERS):
                _compare(name, make, writers)


def _submit_all() -> None:
    staff = User.objects.get(username="staff-0")
    for report in Report.objects.for_list():
        factories.submit(report, by=staff)


def _compare(name: str, make: Callable[[int], Act], writers: int) -> None:
    rounds = [
        (_rate(make, writers, chained=True), _rate(make, writers, chained=False)) for _ in range(ROUNDS)
    ]
    ratios = [chained / plain for chained, plain in rounds]
    with_chain, without = (statistics.median(column) for column in zip(*rounds, strict=True))
    who = f"{writers} writer{'s' if writers > 1 else ''}"
    print(f"{name + ',':28} {who:10} chain {with_chain:5.0f}/s   audit row {without:5.0f}/s   ratio"
          f" {statistics.median(ratios):.2f}  ({min(ratios):.2f} to {max(ratios):.2f})", flush=True)  # fmt: skip


def _rate(make: Callable[[int], Act], writers: int, *, chained: bool) -> float:
    """Acts a second of all writers together, each on rows of its own in one programme."""
    connections.close_all()
    answers: Any = FORK.Queue()
    start = FORK.Barrier(writers)
    crowd = [
        FORK.Process(target=_act, args=(make, number, chained, start, answers)) for number in range(writers)
    ]
    for process in crowd:
        process.start()
    found = [answers.get(timeout=60 + 20 * SECONDS) for _process in crowd]
    for process in crowd:
        process.join()
    return sum(found)


def _act(make: Callable[[int], Act], number: int, chained: bool, start: Any, answers: Any) -> None:
    with mock.patch.object(trail, "_chain", trail._chain if chained else _Rows(number)):
        act = make(number)
        act()
        start.wait()
        began, count = time.perf_counter(), 0
        while time.perf_counter() - began < SECONDS:
            act()
            count += 1
        passed = time.perf_counter() - began
    connections.close_all()
    answers.put(count / passed)


class _Rows:
    """The events of an act as plain rows of the same table: no head, no hash, no line."""

    def __init__(self, number: int) -> None:
        self.chains = {chain.scope: chain for chain in Chain.objects.all()}
        # Numbers that no chain has, nor any other writer or round.
        self.seqs = itertools.count(time.monotonic_ns() - (number + 1) * 10**18)

    def __call__(self, entries: Iterable[trail.Entry]) -> None:
        at = clock.now()
        rows = []
        for entry in entries:
            chain = Chain(pk=self.chains[entry.scope].pk, length=next(self.seqs), head="")
            rows.append(trail._event(chain, entry, at, ""))
        Event.objects.bulk_create(rows, batch_size=500)


def _edits(number: int) -> Act:
    """The smallest act of the product: one field of one row."""
    task = Task.objects.order_by("pk")[number]
    manager = User.objects.get(username=f"manager-{number}")
    titles = itertools.cycle(("Ten firms", "Twelve firms"))

    def edit() -> None:
        manager.forget()
        register.edit_task(task, {"title": f"{next(titles)} {number}"}, by=manager)

    return edit


def _takes(number: int) -> Act:
    """A move, with its rules and its notices."""
    report = Report.objects.for_move().order_by("pk")[number]
    manager = User.objects.get(username=f"manager-{number}")
    moves = itertools.cycle(
        (workflow.PUT_BACK, workflow.TAKE) if report.taken_by_id else (workflow.TAKE, workflow.PUT_BACK)
    )

    def move() -> None:
        perform(next(moves), report, by=manager)

    return move
