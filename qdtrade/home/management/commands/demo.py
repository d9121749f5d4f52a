"""Start the demo."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from qdtrade.accounts.demo import accounts as demo_accounts

HOST = "127.0.0.1"


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
        """Becomes the server: stopping it with Ctrl-C stops the demo."""
        self.stdout.write(
            "\n" + _("The demo is at %(url)s (Ctrl-C stops it).") % {"url": f"http://{HOST}:{port}"} + "\n"
        )
        self.stdout.flush()
        server = [sys.executable, "-m", "gunicorn", "qdtrade.wsgi", "--bind", f"{HOST}:{port}"]
        os.execv(sys.executable, [*server, "--workers", "2", "--threads", "4", "--log-level", "warning"])
