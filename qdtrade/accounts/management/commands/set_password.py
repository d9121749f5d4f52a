"""manage.py set_password USERNAME"""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from qdtrade.accounts.actions import change_password, service_user
from qdtrade.accounts.models import User
from qdtrade.accounts.passwords import asked_password


class Command(BaseCommand):
    """Gives a person a new password; the records say that it changed, never what it is."""

    help = "Give a person a new password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(username=options["username"]).first()
        if person is None:
            raise CommandError(_("There is no account %(person)s.") % {"person": options["username"]})
        try:
            change_password(person, asked_password(person), by=service_user())
        except ValidationError as fault:
            raise CommandError("\n".join(fault.messages)) from None
        self.stdout.write(_("%(person)s: done.") % {"person": person.username})
