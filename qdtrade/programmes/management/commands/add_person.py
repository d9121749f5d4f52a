"""manage.py add_person USERNAME --name … [--link] [--superuser] [--programme CODE --role ROLE [--bureau CODE]]"""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from qdtrade.accounts import links
from qdtrade.accounts.actions import create_user, make_link, service_user
from qdtrade.accounts.models import User
from qdtrade.accounts.passwords import asked_password
from qdtrade.audit import trail
from qdtrade.errors import Refusal
from qdtrade.programmes.actions import add_member
from qdtrade.programmes.models import Role
from qdtrade.programmes.named import bureau_called, programme_called


class Command(BaseCommand):
    """Makes an account, or takes one that exists, and gives it a role: how the first people of an office come in.

    The password it asks for is a first one, which the person must change; with --link nobody but the person ever
    knows one.
    """

    help = "Add a person, and give the person a role in a programme."

    def add_arguments(self, parser: ArgumentParser) -> None:
        roles = [str(role) for role in Role if role != Role.TIMER]
        parser.add_argument("username")
        parser.add_argument("--name", default="", help="how the person is called; needed for a new account")
        parser.add_argument(
            "--link", action="store_true", help="print a one-time link instead of asking for a first password"
        )
        parser.add_argument("--address", default="", help="where the program is reached, with https://")
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
            programme = programme_called(options["programme"]) if options["programme"] else None
            bureau = bureau_called(programme, options["bureau"]) if programme and options["bureau"] else None
            person = User.objects.filter(username=options["username"]).first()
            _refuse_more(person, options)
            password = None if person else _password(options)
            secret = ""
            with trail.unit():
                if person is None:
                    person = _new_person(options, password, service)
                    secret = make_link(person, by=service) if options["link"] else ""
                if programme is not None:
                    add_member(programme, person, by=service, role=options["role"], bureau=bureau)
        except ValidationError as fault:
            raise CommandError("\n".join(fault.messages)) from None
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(_("%(person)s: done.") % {"person": person.username})
        if secret:
            self.stdout.write(links.address(secret, options["address"]))


def _refuse_more(person: User | None, options: dict[str, Any]) -> None:
    """An account that is there only gets a role here, and a service none."""
    if person is not None and (person.is_service or options["superuser"] or not options["role"]):
        words = _("%(person)s is there already; here it can only be given a role.")
        raise ValidationError(words % {"person": person.username})


def _password(options: dict[str, Any]) -> str | None:
    if not options["name"]:
        raise ValidationError(_("%(person)s is new here: give --name.") % {"person": options["username"]})
    if options["link"]:
        return None
    return asked_password(User(username=options["username"], name=options["name"]))


def _new_person(options: dict[str, Any], password: str | None, service: User) -> User:
    runs_server = options["superuser"]
    return create_user(
        options["username"],
        by=service,
        name=options["name"],
        password=password,
        must_change_password=password is not None,
        is_superuser=runs_server,
        is_staff=runs_server,
    )
