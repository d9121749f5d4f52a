"""manage.py createsuperuser: Django's way past the records, closed."""

from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _


class Command(BaseCommand):
    """Says which command makes people here: each account is made by an action that leaves an event."""

    help = "Not used here: see add_person --superuser."

    def run_from_argv(self, argv: list[str]) -> None:
        super().run_from_argv(argv[:2])  # whatever is asked for in Django's way, the answer is the same

    def handle(self, *args: Any, **options: Any) -> NoReturn:
        raise CommandError(
            _(
                "People are made by add_person, which records who made them: "
                "add_person NAME --name … --superuser --link"
            )
        )
