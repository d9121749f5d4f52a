"""manage.py restore ARCHIVE [--check] [--other-keys]"""

import zipfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from qdtrade.audit.models import Chain
from qdtrade.errors import Refusal

from ...actions import put_back, refuse_unless_ready
from ...archive import Head, Manifest, check_parts, read_manifest


class Command(BaseCommand):
    """Checks an archive whole, puts it into an empty database and an empty folder, and proves what came of it."""

    help = "Put a backup into an empty database and an empty folder of evidence, then verify the records."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument("--check", action="store_true", help="only read the archive, change nothing")
        parser.add_argument("--other-keys", action="store_true", help="go on although the keys differ")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with zipfile.ZipFile(options["archive"]) as archive:
                self._restore(archive, options)
        except zipfile.BadZipFile:
            raise CommandError(_("This file is no archive, or not a whole one.")) from None
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as fault:
            raise CommandError(str(fault)) from fault

    def _restore(self, archive: zipfile.ZipFile, options: dict[str, Any]) -> None:
        manifest = read_manifest(archive)
        check_parts(archive, manifest)
        self._tell(manifest)
        if options["check"]:
            return
        refuse_unless_ready(manifest, other_keys=options["other_keys"])
        put_back(archive, manifest)
        self.stdout.write(_("Database and evidence are in place."))
        call_command("migrate", interactive=False, verbosity=0)
        call_command("verify_records", restored=True, stdout=self.stdout, stderr=self.stderr)
        self._compare_heads(manifest.chains)

    def _tell(self, manifest: Manifest) -> None:
        words = _("Archive of %(at)s, version %(version)s, %(server)s: all %(count)d parts are whole.")
        count = len(manifest.parts)
        self.stdout.write(
            words
            % {"at": manifest.made_at, "version": manifest.version, "server": manifest.server, "count": count}
        )
        if manifest.is_demo:
            self.stdout.write(_("It holds a demo."))
        for sha256 in manifest.absent:
            self.stdout.write(
                _("Gone or damaged already when the backup was made: %(name)s") % {"name": sha256}
            )

    def _compare_heads(self, heads: list[Head]) -> None:
        """Each chain ends where the manifest says that it ended."""
        found = {chain.code: Head(chain.code, chain.length, chain.head) for chain in Chain.objects.all()}
        strange = [head.code for head in heads if found.get(head.code) != head]
        if strange:
            raise CommandError(
                _("These chains do not end as the archive says: %(names)s") % {"names": ", ".join(strange)}
            )
        self.stdout.write(
            self.style.SUCCESS(_("Every chain ends where the archive says. The restore is done."))
        )
