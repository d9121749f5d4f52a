"""Load the demo."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from qdtrade.home.demo import data, house
from qdtrade.home.demo.inboxes import settle_inboxes
from qdtrade.home.demo.nights import light_what_is_loaded, sign_what_is_loaded
from qdtrade.home.demo.replay import Replay, is_loaded
from qdtrade.programmes.models import Programme


class Command(BaseCommand):
    """Carries out what `fixtures/` says by real moves, in time order; may be interrupted and run again."""

    help = "Load the demo register and its reports of 2021; goes on where an earlier run stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.DEMO_DAY is None:
            raise CommandError(
                _("The demo is loaded into a demo only. Set QDTRADE_DEMO=1, or run `make demo`.")
            )
        if not is_loaded():
            self._load()
        settle_inboxes()
        light_what_is_loaded(Programme.objects.get(code=data.programme()["code"]))
        sign_what_is_loaded()
        self.stdout.write(_("The demo is loaded."))

    def _load(self) -> None:
        replay = Replay(house.set_up())
        _refuse_other_rows(replay.programme)
        todo = len(replay.steps())
        self.stdout.write(_("Loading the demo: %(steps)d steps …") % {"steps": todo})
        try:
            for line in _progress(replay.run(), todo):
                self.stdout.write(line)
        except KeyboardInterrupt:
            raise CommandError(_("Stopped. Start again to go on from here."), returncode=130) from None


def _progress(moments: Iterator[datetime.datetime], todo: int) -> Iterator[str]:
    """A line at every tenth of the way, with the month that is being made."""
    told = 0
    for number, moment in enumerate(moments, 1):
        if number * 10 // todo > told:
            told = number * 10 // todo
            yield f"  {told * 10:3} %  {moment:%Y-%m}"


def _refuse_other_rows(programme: Programme) -> None:
    """The demo needs a programme of its own: a register loaded by hand and the demo's would mix."""
    foreign = programme.tasks.filter(is_sample=False, sample_fields=[]).count()
    if foreign:
        raise CommandError(
            _(
                "%(programme)s has %(tasks)d tasks that are not the demo's. Load the demo into an empty database."
            )
            % {"programme": programme, "tasks": foreign}
        )
