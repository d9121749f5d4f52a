"""manage.py backup [--to FOLDER_OR_FILE] [--keep N]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade.errors import Refusal

from ...actions import forget_all_but, make_backup
from ...archive import FILE_NAME, Manifest


class Command(BaseCommand):
    """One archive of everything, while people work; what it holds is told, and the heads of the chains to note."""

    help = "Copy database, evidence and keys into one archive; people may go on working."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to", type=Path, metavar="FOLDER_OR_FILE", help="a folder, or a new file that ends in .zip"
        )
        parser.add_argument("--keep", type=int, metavar="N", help="then keep the newest N of the folder")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 1 when evidence was missing or damaged: the archive is made all the same, and says so."""
        to, keep = options["to"] or settings.BACKUPS, options["keep"]
        if options["to"] is None and keep is None:
            keep = settings.BACKUPS_KEPT
        try:
            path, manifest = make_backup(to)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as fault:
            raise CommandError(_("The backup could not be written: %(fault)s") % {"fault": fault}) from fault
        self._tell(path, manifest)
        if keep is not None and FILE_NAME.fullmatch(path.name):
            for old in forget_all_but(keep, path.parent):
                self.stdout.write(_("Removed the old %(name)s.") % {"name": old.name})
        if manifest.absent:
            raise CommandError(_absent(manifest))

    def _tell(self, path: Path, manifest: Manifest) -> None:
        count = sum(part.name.startswith("evidence/") for part in manifest.parts)
        files = ngettext("%(count)d file", "%(count)d files", count) % {"count": count}
        words = {"path": path, "size": filesizeformat(path.stat().st_size), "files": files}
        self.stdout.write(_("%(path)s: %(size)s, evidence: %(files)s.") % words)
        for head in manifest.chains:
            note = {"code": head.code, "length": head.length, "head": head.head}
            self.stdout.write(_("  %(code)s: record %(length)d, hash %(head)s") % note)
        if "secret-key" not in settings.KEY_FILES:
            self.stdout.write(_("The secret key is no file, so it is not in the archive: keep it yourself."))


def _absent(manifest: Manifest) -> str:
    """What a person who finds this in the timer's words has to know."""
    names = ", ".join(manifest.absent[:5])
    words = ngettext(
        "%(count)d file of evidence is gone or damaged (%(names)s). The archive holds everything else;"
        " look for the file in an older one.",
        "%(count)d files of evidence are gone or damaged (%(names)s). The archive holds everything else;"
        " look for the files in an older one.",
        len(manifest.absent),
    )
    return words % {"count": len(manifest.absent), "names": names}
