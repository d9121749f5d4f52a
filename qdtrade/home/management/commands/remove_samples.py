"""Clear what is invented."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext_lazy as _

from projects.actions import samples as signings
from qdtrade.accounts.actions import service_user
from qdtrade.audit import trail
from qdtrade.breakthroughs.actions import samples as breakthroughs
from qdtrade.errors import Words
from qdtrade.indicators.actions import samples as figures
from qdtrade.programmes.models import Programme
from tasks.actions import samples as register

DONE = _(
    "%(programme)s: removed %(task)d tasks with %(milestone)d milestones, %(report)d reports in"
    " %(reportversion)d versions, %(reportfile)d files, and %(project)d projects with %(gate)d gates and"
    " %(moneyevent)d money events; %(breakthrough)d breakthroughs; %(period)d periods."
)
WOULD = _(
    "%(programme)s: would remove %(task)d tasks with %(milestone)d milestones, %(report)d reports in"
    " %(reportversion)d versions, %(reportfile)d files, and %(project)d projects with %(gate)d gates and"
    " %(moneyevent)d money events; %(breakthrough)d breakthroughs; %(period)d periods."
)
DONE_FIGURES = _(
    "%(programme)s: removed %(reading)d readings, %(indicatortarget)d targets and %(indicator)d indicators; those"
    " that the press reported stay."
)
WOULD_FIGURES = _(
    "%(programme)s: would remove %(reading)d readings, %(indicatortarget)d targets and %(indicator)d indicators;"
    " those that the press reported stay."
)
NONE = _("%(programme)s holds no samples.")


class Command(BaseCommand):
    """Removes the sample tasks, signings and readings and everything reported on them, with events that say so."""

    help = (
        "Remove all sample tasks with their reports, all sample signings and readings;"
        " the records keep what they held."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--programme", metavar="CODE", help="only this programme; without it, all of them"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would be removed")

    def handle(self, *args: Any, **options: Any) -> None:
        for programme in _chosen(options["programme"]):
            if options["dry_run"]:
                counts = _both(signings.count_samples(programme), register.count_samples(programme))
                counts = _both(breakthroughs.count_samples(programme), counts)
                self._tell(programme, counts, WOULD)
                self._tell_figures(programme, figures.count_samples(programme), WOULD_FIGURES)
                continue
            with trail.unit():
                gone = breakthroughs.remove_samples(programme, by=service_user())
                gone = _both(gone, signings.remove_samples(programme, by=service_user()))
                counts = _both(gone, register.remove_samples(programme, by=service_user()))
                read = figures.remove_samples(programme, by=service_user())
            self._tell(programme, counts, DONE)
            self._tell_figures(programme, read, DONE_FIGURES)

    def _tell(self, programme: Programme, counts: dict[str, int], words: Words) -> None:
        said = words if any(counts.values()) else NONE
        self.stdout.write(said % {"programme": programme, **counts})

    def _tell_figures(self, programme: Programme, counts: dict[str, int], words: Words) -> None:
        if any(counts.values()):
            self.stdout.write(words % {"programme": programme, **counts})


def _both(first: dict[str, int], second: dict[str, int]) -> dict[str, int]:
    """How many of each kind went with the signings and with the tasks together."""
    return {kind: first.get(kind, 0) + second.get(kind, 0) for kind in {**first, **second}}


def _chosen(code: str | None) -> list[Programme]:
    if code is None:
        return list(Programme.objects.in_order())
    found = list(Programme.objects.filter(code=code))
    if not found:
        raise CommandError(_("There is no programme with the code %(code)s.") % {"code": code})
    return found
