"""manage.py import_tasks FILE --programme CODE [--create-programme] [--create-bureaus] [--renumbered] [--apply]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from qdtrade import tables
from qdtrade.accounts.actions import service_user
from qdtrade.errors import Refusal
from qdtrade.imports.kinds import Progress
from tasks.actions.importing import apply
from tasks.imports import Options, Plan, Unreadable, plan, wording


class Command(BaseCommand):
    help = "Reads a register of tasks from .xlsx, .xls or .csv; a dry run unless --apply is given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the register")
        parser.add_argument("--programme", metavar="CODE", required=True, help="the programme it belongs to")
        parser.add_argument(
            "--create-programme",
            action="store_true",
            help="make the programme, from the title rows of the file",
        )
        parser.add_argument(
            "--create-bureaus", action="store_true", help="make the bureaus that are not known"
        )
        parser.add_argument(
            "--renumbered",
            action="store_true",
            help="the rows were numbered anew: tasks are known by their titles",
        )
        parser.add_argument("--apply", action="store_true", help="write it, all or nothing")
        parser.add_argument("--full", action="store_true", help="show every line of the report")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 1 when anything is refused; then nothing was written."""
        by = service_user()
        found = self._plan(options, by)
        for line in wording.lines(found, 10**9 if options["full"] else wording.MOST):
            self.stdout.write(line)
        self.stdout.write("")
        if found.batch is None:
            raise CommandError(_("Nothing was written. Correct the file, then read it again."))
        if not options["apply"]:
            self.stdout.write(_("This was a dry run; nothing was written. Add --apply to write it."))
            return
        try:
            apply(found.batch, by=by, progress=self._progress(_("Writing")))
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            self.style.SUCCESS(_("Written: %(count)s tasks.") % {"count": len(found.batch.entries)})
        )

    def _plan(self, options: dict[str, Any], by: Any) -> Plan:
        path = Path(options["file"])
        wanted = Options(options["create_programme"], options["create_bureaus"], options["renumbered"])
        try:
            book = tables.read(path)
            return plan(
                book, options["programme"], by=by, options=wanted, progress=self._progress(_("Comparing"))
            )
        except (tables.BadFile, Refusal) as fault:
            raise CommandError(str(fault)) from fault
        except Unreadable as fault:
            raise CommandError(f"{path.name}: {fault.reason} {fault.cure}") from fault

    def _progress(self, word: str) -> Progress:
        """Tells how far it is, on the error stream of a terminal."""

        def tell(done: int, whole: int) -> None:
            if self.stderr.isatty():
                self.stderr.write(f"\r{word} {done}/{whole}", ending="\n" if done == whole else "")

        return tell
