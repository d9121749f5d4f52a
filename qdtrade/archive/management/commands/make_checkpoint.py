"""manage.py make_checkpoint [--after REASON]: the timer."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from qdtrade.accounts.actions import service_user
from qdtrade.audit import checkpoints, signing
from qdtrade.audit.actions import sign_checkpoint
from qdtrade.audit.models import Checkpoint
from qdtrade.errors import Refusal

from ...actions import raise_alarm


class Command(BaseCommand):
    """Looks at what was signed before, then signs the heads of all chains; where anything does not fit, signs nothing,
    raises the alarm and exits with 1. `--after` says why it does not fit, after a restore for instance: then it signs,
    and the reason stands in the checkpoint for good.
    """

    help = "Sign the heads of the records' chains, after checking every checkpoint that was signed before."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--after", metavar="REASON", default="", help="why earlier ones do not fit")

    def handle(self, *args: Any, **options: Any) -> None:
        reason = options["after"].strip()
        found = checkpoints.troubles()
        found = found or checkpoints.broken_since(Checkpoint.objects.newest())
        for trouble in found:
            self.stderr.write(str(trouble))
        if found and not reason:
            raise_alarm(found, by=service_user("timer"))
            words = _(
                "Nothing was signed. Keep a copy of the database and find out who changed it."
                " After a restore, say so: make_checkpoint --after REASON."
            )
            raise CommandError(words)
        try:
            row = sign_checkpoint(note=reason if found else "")
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self._tell(row)

    def _tell(self, row: Checkpoint) -> None:
        words = {"number": row.number, "hash": row.hash}
        self.stdout.write(_("Checkpoint %(number)d signed, hash %(hash)s") % words)
        for code, (seq, head) in checkpoints.heads_of(row).items():
            note = {"code": code, "length": seq, "head": head}
            self.stdout.write(_("  %(code)s: record %(length)d, hash %(head)s") % note)
        key = signing.fingerprint(row.content["key"])
        self.stdout.write(_("Fingerprint of the key: %(fingerprint)s") % {"fingerprint": key})
