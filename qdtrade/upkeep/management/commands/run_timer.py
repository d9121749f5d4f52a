"""manage.py run_timer NAME: what systemd's timers call."""

import io
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.utils.translation import gettext as _

from ...actions import timer_began, timer_ended
from ...alone import alone
from ...timers import TIMERS, Timer


class Both(io.StringIO):
    """Keeps what is written, and passes it on at once."""

    def __init__(self, onward: OutputWrapper) -> None:
        super().__init__()
        self.onward = onward

    def write(self, text: str) -> int:
        self.onward.write(text, ending="")
        return super().write(text)


class Command(BaseCommand):
    """Runs one of the commands that run by the clock, never twice at once, and notes when and how it went."""

    help = "Run one of the timers, and note for the status page when it ran and how it went."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", choices=sorted(TIMERS), metavar="NAME", help=", ".join(sorted(TIMERS)))

    def handle(self, *args: Any, **options: Any) -> None:
        timer = TIMERS[options["name"]]
        with alone(timer.name) as is_alone:
            if is_alone:
                self._run(timer)
            else:
                words = _("%(timer)s is running already; nothing was done.")
                self.stdout.write(words % {"timer": timer.name})

    def _run(self, timer: Timer) -> None:
        """Exit 1 when it fails, with its words kept."""
        said = Both(self.stdout)
        timer_began(timer.name)
        try:
            call_command(timer.name, stdout=said, stderr=said)
        except Exception as fault:
            words = str(fault) or type(fault).__name__
            timer_ended(timer.name, is_well=False, words=f"{said.getvalue()}\n{words}")
            if isinstance(fault, CommandError):
                raise
            raise CommandError(f"{type(fault).__name__}: {words}") from fault
        timer_ended(timer.name, is_well=True, words=said.getvalue())
