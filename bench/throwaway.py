"""A demo of its own, on a free port, in a folder that is gone afterwards.

Loading a demo takes a minute or two; DEMO=/path/to/var names one that is loaded already, of which a copy is served.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60
"""Seconds in which a started demo must answer."""


@dataclass(frozen=True)
class Demo:
    """Where it answers, and with which environment its commands run."""

    url: str
    folder: Path
    environment: dict[str, str]

    def run(self, *command: str, told: str = "") -> str:
        """What a command of the program says, with `told` as its input; raises CalledProcessError."""
        ran = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment,
            input=told,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return ran.stdout


@contextlib.contextmanager
def demo() -> Iterator[Demo]:
    """Serve a throw-away demo; its folder and its processes go when the block ends."""
    with tempfile.TemporaryDirectory(prefix="qdtrade-demo-") as name:
        folder = Path(name) / "var"
        if os.environ.get("DEMO"):
            shutil.copytree(os.environ["DEMO"], folder)
        port = free_port()
        environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        environment |= {"QDTRADE_DEMO": "1", "QDTRADE_VAR": str(folder), "QDTRADE_TESTING": ""}
        made = Demo(f"http://127.0.0.1:{port}", folder, environment)
        print("Setting up a throw-away demo …", flush=True)
        made.run("manage.py", "demo", "--no-serve")
        with _served(made, port):
            yield made


@contextlib.contextmanager
def _served(made: Demo, port: int) -> Iterator[None]:
    command = [sys.executable, "manage.py", "demo", "--port", str(port)]
    server = subprocess.Popen(
        command, cwd=ROOT, env=made.environment, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _wait_for(made.url)
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=PATIENCE)


def _wait_for(url: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(OSError, urllib.error.URLError), urllib.request.urlopen(f"{url}/health/"):
            return
        time.sleep(0.3)
    raise SystemExit(f"The demo at {url} does not answer.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
