"""Two people at the same moment: both connections open, the first held in the gap between check and save."""

import contextvars
import threading
import time

import pytest
from django.db import connection

from qdtrade.audit import rows, verify

PATIENCE = 20
"""Seconds after which a race that hangs is a failure."""


@pytest.fixture(autouse=True)
def the_records_are_whole_afterwards(request):
    """Whatever the order, every chain is whole and every row is as its last record left it."""
    yield
    if request.node.get_closest_marker("postgres") and connection.vendor == "postgresql":
        for chain in verify.Chain.objects.all():
            (verdict,) = verify.verify(chain.code)
            assert verdict.fault is None
            assert list(rows.differences(chain)) == []
        assert list(rows.unrecorded()) == []


class Runner(threading.Thread):
    """One person's act on a connection of its own; keeps what came of it."""

    def __init__(self, act, hold=None):
        super().__init__(daemon=True)
        self.act, self.hold, self.outcome = act, hold, None
        self.context = contextvars.copy_context()

    def run(self):
        self.context.run(self._run)

    def _run(self):
        try:
            self.outcome = self.act()
        except Exception as fault:  # the race is about which one
            self.outcome = fault
        finally:
            connection.close()

    def result(self):
        self.join(PATIENCE)
        assert not self.is_alive(), "the race hangs"
        return self.outcome


def waiting():
    """How many connections wait for a lock that another one holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return cursor.fetchone()[0]


@pytest.fixture
def race(monkeypatch):
    """Runs `first` up to a function, lets `second` come until it waits or is done, then lets `first` go on."""

    def run(first, second, *, gap):
        owner, name = gap
        real = getattr(owner, name)
        reached, go_on = threading.Event(), threading.Event()

        def held(*args, **kwargs):
            if threading.current_thread() is runners[0]:
                reached.set()
                assert go_on.wait(PATIENCE)
            return real(*args, **kwargs)

        monkeypatch.setattr(owner, name, held)
        runners = [Runner(first), Runner(second)]
        runners[0].start()
        assert reached.wait(PATIENCE), runners[0].outcome
        runners[1].start()
        deadline = time.monotonic() + PATIENCE
        while runners[1].is_alive() and not waiting() and time.monotonic() < deadline:
            time.sleep(0.01)
        go_on.set()
        return [runner.result() for runner in runners]

    return run


@pytest.fixture
def meet(monkeypatch):
    """Runs acts that hold nothing in common up to here: each waits in the gap until all are there, once."""

    def run(*acts, gap):
        owner, name = gap
        real = getattr(owner, name)
        barrier = threading.Barrier(len(acts), timeout=PATIENCE)

        def held(*args, **kwargs):
            if threading.current_thread() in absent:
                absent.remove(threading.current_thread())
                barrier.wait()
            return real(*args, **kwargs)

        monkeypatch.setattr(owner, name, held)
        runners = [Runner(act) for act in acts]
        absent = set(runners)
        for runner in runners:
            runner.start()
        return [runner.result() for runner in runners]

    return run
