"""manage.py verify_records [--programme CODE]"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade.audit import rows
from qdtrade.audit.models import Chain
from qdtrade.audit.verify import Verdict, missing_guards, verify

MOST = 20
"""Rows named one by one; of more, only their number is told."""


class Command(BaseCommand):
    help = "Proves the records: walks every chain, and compares what is stored with what was recorded."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--programme", metavar="CODE", help="only this programme's chain (or: system)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 1 when anything is broken, with the first broken place of each chain."""
        code = options["programme"]
        if code and not Chain.objects.filter(code=code).exists():
            raise CommandError(_("There is no chain of records called %(code)s.") % {"code": code})
        broken = self._guards()
        for verdict in verify(code):
            broken += self._chain(verdict) + self._rows(verdict)
        if not code:
            broken += self._tell_rows(list(rows.unrecorded()))
        if broken:
            raise CommandError(
                _("The records are broken. Keep a copy of the database and find out who changed it.")
            )
        self.stdout.write(self.style.SUCCESS(_("The records are whole.")))

    def _guards(self) -> int:
        gone = missing_guards()
        for name in gone:
            self.stderr.write(_("The database's guard %(name)s is missing; run migrate.") % {"name": name})
        return len(gone)

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
        more = len(found) - MOST
        if more > 0:
            self.stderr.write(
                ngettext("and %(more)d more row", "and %(more)d more rows", more) % {"more": more}
            )
        return len(found)
