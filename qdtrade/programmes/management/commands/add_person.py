"""manage.py add_person USERNAME --name … [--superuser] [--programme CODE --role ROLE [--bureau CODE]]"""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils.translation import gettext as _

from qdtrade.accounts.actions import create_user, service_user
from qdtrade.accounts.models import Bureau, User
from qdtrade.audit import trail
from qdtrade.errors import Refusal
from qdtrade.programmes.actions import add_member
from qdtrade.programmes.models import Programme, Role


class Command(BaseCommand):
    """Makes an account, or takes one that exists, and gives it a role: how the first people of an office come in."""

    help = "Add a person, and give the person a role in a programme."

    def add_arguments(self, parser: ArgumentParser) -> None:
        roles = [str(role) for role in Role if role != Role.TIMER]
        parser.add_argument("username")
        parser.add_argument("--name", default="", help="how the person is called; needed for a new account")
        parser.add_argument("--superuser", action="store_true", help="the new account runs the server")
        parser.add_argument(
            "--programme", metavar="CODE", help="the programme in which the person gets a role"
        )
        parser.add_argument("--role", choices=roles)
        parser.add_argument("--bureau", metavar="CODE", help="the bureau's code or name")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["programme"]) != bool(options["role"]):
            raise CommandError(_("--programme and --role belong together."))
        service = service_user()
        try:
            programme = _programme(options["programme"])
            bureau = _bureau(programme, options["bureau"])
            person = User.objects.filter(username=options["username"]).first()
            password = None if person else self._password(options)
            with trail.unit():
                if person is None:
                    person = _new_person(options, password, service)
                if programme is not None:
                    add_member(programme, person, by=service, role=options["role"], bureau=bureau)
        except ValidationError as fault:
            raise CommandError("\n".join(fault.messages)) from None
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(_("%(person)s: done.") % {"person": person.username})

    def _password(self, options: dict[str, Any]) -> str:
        """Asked for twice on a terminal, else the first line of what is piped in."""
        if not options["name"]:
            raise CommandError(_("%(person)s is new here: give --name.") % {"person": options["username"]})
        if sys.stdin.isatty():
            password = getpass.getpass(_("Password: "))
            if getpass.getpass(_("Once more: ")) != password:
                raise CommandError(_("The two passwords differ. Nothing was done."))
        else:
            password = sys.stdin.readline().rstrip("\r\n")
        validate_password(password, User(username=options["username"], name=options["name"]))
        return password


def _new_person(options: dict[str, Any], password: str | None, service: User) -> User:
    runs_server = options["superuser"]
    return create_user(
        options["username"],
        by=service,
        name=options["name"],
        password=password,
        is_superuser=runs_server,
        is_staff=runs_server,
    )


def _programme(code: str | None) -> Programme | None:
    if not code:
        return None
    programme = Programme.objects.filter(code=code).first()
    if programme is None:
        have = ", ".join(Programme.objects.in_order().values_list("code", flat=True))
        raise CommandError(
            _("There is no programme %(code)s. There are: %(have)s") % {"code": code, "have": have}
        )
    return programme


def _bureau(programme: Programme | None, words: str | None) -> Bureau | None:
    """By code, name, short name or alias, in the programme's region."""
    if programme is None or not words:
        return None
    names = Q(code=words) | Q(name=words) | Q(short_name=words) | Q(aliases__name=words)
    found = Bureau.objects.filter(names, region=programme.region_id).distinct()
    if len(found) != 1:
        raise CommandError(
            _("“%(words)s” names no single bureau of this region; write its code.") % {"words": words}
        )
    return found[0]
