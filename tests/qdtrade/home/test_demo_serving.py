"""The demo's server and the worker beside it: both run, and both stop together."""

import sys

from qdtrade.home.management.commands import demo

NAP = "import time; time.sleep({seconds})"


def napping(seconds):
    return [sys.executable, "-c", NAP.format(seconds=seconds)]


def started(monkeypatch):
    """The processes that the command starts, in their order."""
    found, start = [], demo.subprocess.Popen

    def noted(*args, **kwargs):
        found.append(start(*args, **kwargs))
        return found[-1]

    monkeypatch.setattr(demo.subprocess, "Popen", noted)
    monkeypatch.setattr(demo.signal, "signal", lambda *args: None)
    return found


def test_the_worker_stops_with_the_server(monkeypatch):
    processes = started(monkeypatch)

    assert demo.run_beside(napping(0.1), napping(600)) == 0

    assert [process.poll() is not None for process in processes] == [True, True]


def test_a_worker_that_dies_is_started_again(monkeypatch):
    processes = started(monkeypatch)

    demo.run_beside(napping(3), napping(0))

    assert len(processes) > 2


def test_a_worker_that_does_not_listen_is_killed(monkeypatch):
    monkeypatch.setattr(demo, "PATIENCE", 1)
    processes = started(monkeypatch)
    deaf = [
        sys.executable,
        "-c",
        f"import signal; signal.signal(15, signal.SIG_IGN); {NAP.format(seconds=600)}",
    ]

    demo.run_beside(napping(2), deaf)

    assert processes[1].poll() is not None
