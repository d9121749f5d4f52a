"""manage.py add_bureau CODE --programme CODE --name … [--short-name …] [--kind office] [--below CODE] [--alias …]"""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from qdtrade.accounts.actions import add_alias, create_bureau, service_user
from qdtrade.accounts.models import Bureau, User
from qdtrade.audit import trail
from qdtrade.programmes.models import Programme
from qdtrade.programmes.named import bureau_called, programme_called


class Command(BaseCommand):
    """Makes a bureau that no register names, as the pilot office, or gives other names to one that is there."""

    help = "Add a bureau to a programme's region, or other names to a bureau."

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = [str(kind) for kind in Bureau.Kind if kind != Bureau.Kind.REGION]
        parser.add_argument("code", help="a new code, or that of a bureau which gets an --alias")
        parser.add_argument("--programme", metavar="CODE", required=True, help="a programme of the region")
        parser.add_argument("--name", default="", help="the full name; needed for a new bureau")
        parser.add_argument("--short-name", default="", help="as it stands in tables")
        parser.add_argument("--kind", choices=kinds, default=str(Bureau.Kind.BUREAU))
        parser.add_argument("--below", metavar="CODE", help="the bureau it belongs to, if not the region")
        parser.add_argument(
            "--alias", action="append", default=[], help="another name in files; may be given again"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        service = service_user()
        try:
            programme = programme_called(options["programme"])
            with trail.unit():
                bureau = _there(programme, options) or _new(programme, options, service)
                for name in options["alias"]:
                    add_alias(bureau, name, by=service)
        except ValidationError as fault:
            raise CommandError("\n".join(fault.messages)) from None
        self.stdout.write(_("%(person)s: done.") % {"person": f"{bureau.code} {bureau.name}"})


def _there(programme: Programme, options: dict[str, Any]) -> Bureau | None:
    """The bureau of this code, where only aliases are asked for."""
    if options["name"]:
        return None
    if not options["alias"]:
        raise ValidationError(_("Give --name for a new bureau, or --alias for one that is there."))
    return bureau_called(programme, options["code"])


def _new(programme: Programme, options: dict[str, Any], service: User) -> Bureau:
    above = bureau_called(programme, options["below"]) if options["below"] else programme.region
    return create_bureau(
        options["code"],
        by=service,
        name=options["name"],
        short_name=options["short_name"],
        parent=above,
        kind=options["kind"],
    )
