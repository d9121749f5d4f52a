"""manage.py make_package --programme CODE [--from DAY] [--to DAY] [--kinds …] --out FILE.zip"""

import datetime
import shutil
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from qdtrade.accounts.actions import service_user
from qdtrade.audit import signing
from qdtrade.errors import Refusal
from qdtrade.programmes.models import Programme

from ... import actions
from ...models import Package

PARTS = ", ".join(Package.Part.values)


def day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("%(text)s is no day; write it as 2021-09-01.") % {"text": text}) from None


class Command(BaseCommand):
    """Makes the package at once; what it holds proves itself by `python3 -I verify.py FILE.zip`."""

    help = "Pack the records of a programme into one file that proves itself; without days, all of them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--programme", required=True, metavar="CODE")
        parser.add_argument("--from", dest="from_on", type=day, metavar="DAY", help="first day, 2021-09-01")
        parser.add_argument("--to", dest="to_on", type=day, metavar="DAY", help="last day")
        parser.add_argument(
            "--kinds", nargs="*", choices=Package.Part.values, default=Package.Part.values,
            metavar="KIND", help=f"what else than the records: {PARTS} (all)",
        )  # fmt: skip
        parser.add_argument("--out", type=Path, required=True, metavar="FILE.zip")

    def handle(self, *args: Any, **options: Any) -> None:
        programme = Programme.objects.filter(code=options["programme"]).first()
        if programme is None:
            raise CommandError(_("There is no programme %(code)s.") % {"code": options["programme"]})
        if options["out"].exists():
            raise CommandError(
                _("%(file)s is there already; choose another name.") % {"file": options["out"]}
            )
        service = service_user()
        try:
            row = actions.ask_package(
                programme,
                by=service,
                parts=options["kinds"],
                from_on=options["from_on"],
                to_on=options["to_on"],
            )
            row = actions.make_package(row, by=service, beat=lambda done, total: None)
            shutil.move(row.path, options["out"])
        except ValidationError as fault:
            raise CommandError(" ".join(fault.messages)) from None
        except (Refusal, OSError) as fault:
            raise CommandError(str(fault)) from fault
        self._tell(row, options["out"])

    def _tell(self, row: Package, out: Path) -> None:
        words = {
            "file": out,
            "first": row.first_seq,
            "last": row.last_seq,
            "size": filesizeformat(row.size or 0),
            "sha256": row.sha256,
        }
        said = _("%(file)s: records %(first)d to %(last)d, %(size)s, SHA-256 %(sha256)s")
        self.stdout.write(self.style.SUCCESS(said % words))
        try:
            key = signing.fingerprint(signing.read().public)
        except signing.NoKey:
            self.stdout.write(_("There is no key, so nothing in it is signed. Run make_checkpoint first."))
        else:
            self.stdout.write(_("Fingerprint of the key: %(fingerprint)s") % {"fingerprint": key})
