"""manage.py load_working_days FILE"""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from qdtrade.accounts.actions import service_user
from qdtrade.programmes.actions import load_working_days
from qdtrade.programmes.imports import read_working_days
from qdtrade.tables import BadFile


class Command(BaseCommand):
    """Enters the holidays and make-up days of a year's notice, all or none; safe to run again."""

    help = "Enter the holidays and make-up working days of a State Council notice (see fixtures/working_days.csv)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help=".csv or .xlsx with the columns 日期, 休班, 节日 and perhaps 来源")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = read_working_days(options["file"])
            changed = load_working_days(rows, by=service_user())
        except BadFile as fault:
            raise CommandError(str(fault)) from None
        except ValidationError as fault:
            raise CommandError("\n".join(fault.messages)) from None
        words = _("%(all)d days read, %(changed)d new or changed.") % {"all": len(rows), "changed": changed}
        self.stdout.write(words)
