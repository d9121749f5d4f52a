"""Submitting the readings of a file: all of them or none, by the actions that submit and correct one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from qdtrade.audit import trail
from qdtrade.errors import Stale
from qdtrade.imports.kinds import Progress
from qdtrade.programmes.models import Programme

from .. import rules
from ..models import Indicator, Reading
from .readings import correct_reading, submit_reading


@dataclass(frozen=True)
class ReadingEntry:
    """A reading to be submitted; with `corrects` it is to take the place of that one, as it was seen."""

    indicator: int
    corrects: int | None
    version: int
    fields: tuple[tuple[str, Any], ...]


def write_readings(
    entries: Sequence[ReadingEntry], programme: Programme, *, by: Any, file: str, progress: Progress
) -> None:
    """Submit readings and corrections, for another reviewer to approve. One that changed since stops everything."""
    acting = rules.manages_programme(programme, by)
    with trail.unit():
        indicators = Indicator.objects.filter(programme=programme).select_related("programme", "owner")
        known = indicators.in_bulk([one.indicator for one in entries])
        old = Reading.objects.filter(indicator__programme=programme).for_move()
        corrected = old.in_bulk([one.corrects for one in entries if one.corrects])
        for number, entry in enumerate(entries, 1):
            _write(entry, known, corrected, by, file)
            progress(number, len(entries))
        trail.record(programme, "import", by=by, acting=acting, comment=f"{file} {len(entries)}")


def _write(
    entry: ReadingEntry, known: dict[int, Indicator], corrected: dict[int, Reading], by: Any, file: str
) -> None:
    if entry.corrects is None:
        submit_reading(known[entry.indicator], by=by, **dict(entry.fields))
        return
    reading = corrected.get(entry.corrects)
    if reading is None or reading.version != entry.version:
        raise Stale(_("Somebody else changed the readings in the meantime. Run the import again."))
    said = {name: value for name, value in entry.fields if name != "period"}
    reason = _("Import of %(file)s") % {"file": file[:150]}
    correct_reading(reading, by=by, reason=reason, **said)
