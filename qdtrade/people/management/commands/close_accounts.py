"""manage.py close_accounts: for a timer, once a day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from qdtrade.accounts.actions import service_user

from ...actions.closing import close_left


class Command(BaseCommand):
    """A run that comes late, or twice, does what is due and no more: without a role an account can do nothing."""

    help = "Closes the accounts of people who left and whose last day is over."

    def handle(self, *args: Any, **options: Any) -> None:
        count = close_left(by=service_user("timer"))
        words = ngettext("%(count)d account closed.", "%(count)d accounts closed.", count)
        self.stdout.write(words % {"count": count})
