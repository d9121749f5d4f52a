"""manage.py remind: the timer that reminds by rule."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.accounts.actions import service_user
from qdtrade.accounts.models import Bureau
from qdtrade.errors import Refusal

from ...actions import remind_by_rule
from ...models import Programme
from ...reminding import Step, steps


class Command(BaseCommand):
    """Run by cron or a systemd timer, once an hour. Each reminder is an act of its own; one that another run made at
    the same moment is found made, and a run that comes late makes the last one that is due and no older one.
    """

    help = "Reminds, by each programme's rule, those who owe something that is due soon or overdue."

    def handle(self, *args: Any, **options: Any) -> None:
        timer = service_user("timer")
        today, faults = clock.today(), 0
        rows = Programme.objects.filter(starts_on__lte=today, memberships__user=timer).distinct()
        for programme in rows.order_by("pk"):
            for step in list(steps(programme, timer)):
                try:
                    self._remind(programme, step, timer)
                except Refusal as refusal:
                    faults += 1
                    self.stderr.write(str(refusal))
        if faults:
            raise CommandError(_("Some reminders could not be made; the reasons stand above."))

    def _remind(self, programme: Programme, step: Step, timer: Any) -> None:
        bureau = Bureau.objects.get(pk=step.bureau) if step.bureau else None
        made = remind_by_rule(programme, step.duty, bureau, step.due_on, step.days, by=timer)
        if made is None:
            return
        words = {"programme": programme.code, "who": made, "things": step.duty.counted(made.things)}
        self.stdout.write(_("%(programme)s: %(who)s reminded, %(things)s") % words)
