"""manage.py end_role USERNAME --programme CODE --role ROLE [--bureau CODE]"""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.accounts.actions import service_user
from qdtrade.errors import Refusal
from qdtrade.programmes.actions import end_membership
from qdtrade.programmes.models import Membership, Role
from qdtrade.programmes.named import bureau_called, programme_called


class Command(BaseCommand):
    """Takes a role from a person who leaves: it has ended yesterday, and what was done under it stays recorded."""

    help = "End a person's role."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--programme", metavar="CODE", required=True)
        parser.add_argument("--role", required=True, choices=[str(one) for one in Role if one != Role.TIMER])
        parser.add_argument("--bureau", metavar="CODE", help="only the role for this bureau")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            held = self._held(options)
            for membership in held:
                end_membership(membership, by=service_user())
        except ValidationError as fault:
            raise CommandError("\n".join(fault.messages)) from None
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(_("%(person)s: done.") % {"person": options["username"]})

    def _held(self, options: dict[str, Any]) -> list[Membership]:
        """The memberships of today that are meant; raises ValidationError where there are none."""
        programme = programme_called(options["programme"])
        rows = programme.memberships.on(clock.today()).filter(user__username=options["username"])
        rows = rows.filter(role=options["role"])
        if options["bureau"]:
            rows = rows.filter(bureau=bureau_called(programme, options["bureau"]))
        held = list(rows.select_related("user", "bureau", "programme").order_by("pk"))
        if not held:
            raise ValidationError(_("%(person)s has no such role today.") % {"person": options["username"]})
        return held
