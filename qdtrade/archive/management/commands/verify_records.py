"""manage.py verify_records [--programme CODE] [--from-checkpoint [N]] [--resume] [--files]"""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade.audit import checkpoints, rows
from qdtrade.audit.models import Chain, Checkpoint
from qdtrade.audit.verify import Place, Verdict, missing_guards, verify

from ... import files, progress

MOST = 20
"""Rows named one by one; of more, only their number is told."""
NEWEST = 0
"""What `--from-checkpoint` means without a number."""
AFTER_A_RESTORE = {"vanished", "no_key", "other_key"}
"""What is to be expected then; the next checkpoint says that there was one (make_checkpoint --after)."""


class Command(BaseCommand):
    help = "Proves the records: walks every chain, and compares what is stored with what was recorded and signed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--programme", metavar="CODE", help="only this programme's chain (or: system)")
        parser.add_argument(
            "--from-checkpoint", type=int, nargs="?", const=NEWEST, metavar="N",
            help="walk only what was recorded after checkpoint N, or after the newest",
        )  # fmt: skip
        parser.add_argument("--resume", action="store_true", help="go on where a stopped run was")
        parser.add_argument(
            "--restored",
            action="store_true",
            help="after a restore: what was signed later is told, and is no fault",
        )
        parser.add_argument("--files", action="store_true", help="read every evidence file as well")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 1 when anything is broken, with the first broken place of each chain."""
        code = options["programme"]
        if code and not Chain.objects.filter(code=code).exists():
            raise CommandError(_("There is no chain of records called %(code)s.") % {"code": code})
        broken = self._guards() + self._checkpoints(options["restored"])
        run = progress.Run(starts=self._starts(options), resumes=options["resume"])
        for verdict in verify(code, run.starts, self._beating(run)):
            broken += self._chain(verdict) + self._rows(verdict)
        if not code:
            broken += self._tell_rows(list(rows.unrecorded()))
        if options["files"]:
            broken += self._files()
        run.end()
        if broken:
            raise CommandError(
                _("The records are broken. Keep a copy of the database and find out who changed it.")
            )
        self.stdout.write(self.style.SUCCESS(_("The records are whole.")))

    def _starts(self, options: dict[str, Any]) -> dict[str, Place]:
        number = options["from_checkpoint"]
        if number is None:
            return {}
        found = Checkpoint.objects.filter(number=number).first() if number else Checkpoint.objects.newest()
        if found is None:
            raise CommandError(_("There is no such checkpoint."))
        try:
            return checkpoints.heads_of(found)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise CommandError(_("This checkpoint cannot be read.")) from None

    def _beating(self, run: progress.Run) -> Any:
        """Keeps the place now and then, and shows on a terminal how far the walk is."""
        shown = time.monotonic()

        def beat(code: str, seq: int, hashed: str, length: int) -> None:
            nonlocal shown
            run.reached(code, seq, hashed)
            if self.stderr.isatty() and time.monotonic() - shown > 1:  # pragma: no cover
                shown = time.monotonic()
                self.stderr.write(f"  {code} {seq} / {length}")

        return beat

    def _guards(self) -> int:
        gone = missing_guards()
        for name in gone:
            self.stderr.write(_("The database's guard %(name)s is missing; run migrate.") % {"name": name})
        return len(gone)

    def _checkpoints(self, is_restored: bool) -> int:
        found = checkpoints.troubles()
        for trouble in found:
            self.stderr.write(str(trouble))
        count = Checkpoint.objects.count()
        if count and not found:
            words = ngettext(
                "%(count)d checkpoint fits the records.", "%(count)d checkpoints fit the records.", count
            )
            self.stdout.write(words % {"count": count})
        return sum(not (is_restored and trouble.code in AFTER_A_RESTORE) for trouble in found)

    def _chain(self, verdict: Verdict) -> int:
        count = ngettext("%(count)d record", "%(count)d records", verdict.events) % {"count": verdict.events}
        words = {"chain": verdict.code, "count": count, "speed": verdict.per_second}
        if verdict.fault is None:
            self.stdout.write(_("%(chain)s: %(count)s, whole, %(speed)d a second.") % words)
            note = {"length": verdict.length, "head": verdict.head}
            self.stdout.write(_("  To note elsewhere: record %(length)d, hash %(head)s") % note)
            return 0
        fault = verdict.fault
        words |= {"seq": fault.seq, "what": fault.problem.words}
        self.stderr.write(_("%(chain)s: broken at record %(seq)d: %(what)s.") % words)
        if fault.detail:
            self.stderr.write(f"  {fault.detail}")
        return 1

    def _rows(self, verdict: Verdict) -> int:
        chain = Chain.objects.get(code=verdict.code)
        return self._tell_rows(list(rows.differences(chain))) if verdict.fault is None else 0

    def _tell_rows(self, found: list[rows.Difference]) -> int:
        differs = _("%(kind)s %(id)d is not as recorded: %(fields)s")
        alone = _("%(kind)s %(id)d came or went without a record")
        for row in found[:MOST]:
            words = {"kind": row.kind, "id": row.object_id, "fields": ", ".join(row.fields)}
            self.stderr.write((differs if row.fields else alone) % words)
        self._tell_more(len(found) - MOST)
        return len(found)

    def _tell_more(self, more: int) -> None:
        if more > 0:
            self.stderr.write(
                ngettext("and %(more)d more row", "and %(more)d more rows", more) % {"more": more}
            )

    def _files(self) -> int:
        """Every file is there, with the bytes that its hash says and the records name."""
        found = list(files.damaged())
        for one in found[:MOST]:
            self.stderr.write(str(one))
        self._tell_more(len(found) - MOST)
        return len(found)
