"""Start the demo."""

import io
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from qdtrade.accounts.demo import accounts as demo_accounts

HOST = "127.0.0.1"
WORKER = [sys.executable, "-m", "django", "db_worker", "--no-reload", "--verbosity", "0"]
PATIENCE = 20
"""Seconds that a worker has to finish when the demo stops."""


class Command(BaseCommand):
    """Brings the database up to date, loads the demo where it is not loaded yet, tells the accounts, and serves."""

    help = "Set up the demo and serve it on this machine; what `make demo` calls."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="only set it up")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.DEMO_DAY is None:
            raise CommandError(_("This is not a demo. Set QDTRADE_DEMO=1, or run `make demo`."))
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        call_command("load_demo", stdout=self.stdout)
        call_command("resume_imports", minutes=0, verbosity=0, stdout=io.StringIO())
        call_command("resume_archive", minutes=0, verbosity=0, stdout=io.StringIO())
        self._tell_accounts()
        if not options["no_serve"]:
            self._serve(options["port"])

    def _tell_accounts(self) -> None:
        self.stdout.write(
            "\n" + _("Accounts, all with the password %(password)s:") % {"password": settings.DEMO_PASSWORD}
        )
        for account in demo_accounts():
            self.stdout.write(f"  {account.username:<10} {account.role} {account.bureau}".rstrip())

    def _serve(self, port: int) -> None:
        """Serves, with a worker beside the server that reads and applies imports; Ctrl-C stops both."""
        self.stdout.write(
            "\n" + _("The demo is at %(url)s (Ctrl-C stops it).") % {"url": f"http://{HOST}:{port}"} + "\n"
        )
        self.stdout.flush()
        server = [sys.executable, "-m", "gunicorn", "qdtrade.wsgi", "--bind", f"{HOST}:{port}"]
        server += ["--workers", "2", "--threads", "4", "--no-control-socket", "--log-level", "warning"]
        sys.exit(run_beside(server, WORKER))


def run_beside(server: list[str], worker: list[str]) -> int:
    """Run both until the server stops, the worker again whenever it stops by itself; returns how the server ended."""
    serving = subprocess.Popen(server, cwd=settings.BASE_DIR)
    signal.signal(signal.SIGTERM, lambda *_args: serving.terminate())
    working = subprocess.Popen(worker, cwd=settings.BASE_DIR)
    try:
        while (ended := serving.poll()) is None:
            if working.poll() is not None:
                working = subprocess.Popen(worker, cwd=settings.BASE_DIR)
            time.sleep(1)
        return ended
    except KeyboardInterrupt:  # the terminal told the server too
        return serving.wait()
    finally:
        stop(working)


def stop(working: "subprocess.Popen[bytes]") -> None:
    """Let a worker finish what it is at; one that takes too long is put back into the queue later."""
    working.terminate()
    try:
        working.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        working.kill()
        working.wait()
