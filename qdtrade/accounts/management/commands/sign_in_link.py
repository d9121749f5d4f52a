"""manage.py sign_in_link USERNAME [--address https://register.example.gov.cn]"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from qdtrade.accounts import links
from qdtrade.accounts.actions import make_link, service_user
from qdtrade.accounts.models import User
from qdtrade.errors import Refusal


class Command(BaseCommand):
    """Prints a one-time link by which a person sets a password and signs in: for new people and lost passwords."""

    help = "Make a one-time link by which a person sets a password and signs in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--address", default="", help="where the program is reached, with https://")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(username=options["username"]).first()
        if person is None:
            raise CommandError(_("There is no account %(person)s.") % {"person": options["username"]})
        try:
            secret = make_link(person, by=service_user())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(links.address(secret, options["address"]))
