"""The chain below the city: each lead bureau, who holds parts of its tasks, and who holds parts below those.

Lines of leads count the tasks that they lead; lines below count parts. What was ended is not among them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from qdtrade.accounts.models import Bureau
from qdtrade.lights.levels import NO_LIGHT

from .models import Part
from .responsibility import OF_FILINGS, Figures, Scope, counted_by, lights_by

Key = tuple[int, int | None, int]
"""The lead, the bureau whose part stands above, if one does, and the bureau itself."""


@dataclass(frozen=True)
class Branch:
    """A line of the chain: a lead, a bureau below it, or a district below that.

    `above` is the bureau whose part stands above these; None where the lead gave them, and of the leads themselves.
    """

    level: int
    bureau: Bureau
    lead: Bureau
    figures: Figures
    is_open: bool = False
    above: Bureau | None = None


IN_CHAIN = {"parts": Count("pk"), "signed": Count("pk", filter=Q(accepted_at__isnull=False))}


def _parts(scope: Scope) -> QuerySet[Any]:
    return scope.parts().exclude(status=Part.Status.ENDED)


def chain(scope: Scope, bureaus: Mapping[int, Bureau], opened: set[int] | None) -> list[Branch]:
    """Each lead; of those that are opened (None: all), who holds parts of their tasks, and who below whom."""
    leads: dict[int, dict[str, int]] = counted_by(scope.tasks(), "lead", {"tasks": Count("pk")})
    _join(leads, lights_by(scope.tasks(), "lead", "lit"))
    _join(leads, counted_by(_parts(scope), "task__lead", IN_CHAIN))
    _join(leads, counted_by(scope.filings(), "part__task__lead", OF_FILINGS))
    below = _below(scope, opened)
    found = []
    for pk in sorted(leads, key=lambda one: (bureaus[one].position, one)):
        is_open = bool(leads[pk].get("parts")) and (opened is None or pk in opened)
        found.append(Branch(1, bureaus[pk], bureaus[pk], leads[pk], is_open))
        if is_open:
            found += _branches(pk, below, bureaus)
    return found


def chain_sum(figures: Mapping[str, int]) -> dict[str, int]:
    """The first line of the chain: all tasks, and all parts with what was filed on them."""
    lit = {f"lit_{name.removeprefix('led_')}": n for name, n in figures.items() if name.startswith("led_")}
    own = {"tasks": figures["led"], "parts": figures["running"], "signed": figures["signed"]}
    return own | lit | {name: figures[name] for name in OF_FILINGS}


def _below(scope: Scope, opened: set[int] | None) -> dict[Key, dict[str, int]]:
    at = {"lead": F("task__lead"), "above": F("under__bureau"), "by": F("bureau")}
    below = _by_chain(_parts(scope), at, IN_CHAIN, opened)
    for line in _keyed(_parts(scope), at, opened).values(*KEY, "light").annotate(rows=Count("pk")):
        key = (line["chain_lead"], line["chain_above"], line["chain_by"])
        below[key][f"lit_{line['light'] or NO_LIGHT}"] = line["rows"]
    at = {"lead": F("part__task__lead"), "above": F("part__under__bureau"), "by": F("bureau")}
    _join(below, _by_chain(scope.filings(), at, OF_FILINGS, opened))
    return below


KEY = ("chain_lead", "chain_above", "chain_by")


def _keyed(rows: QuerySet[Any], at: dict[str, Any], opened: set[int] | None) -> QuerySet[Any]:
    """The rows with their places in the chain, of the opened leads alone."""
    rows = rows.order_by().annotate(**{f"chain_{name}": value for name, value in at.items()})
    return rows if opened is None else rows.filter(chain_lead__in=opened)


def _by_chain(
    rows: QuerySet[Any], at: dict[str, Any], counts: Mapping[str, Any], opened: set[int] | None
) -> dict[Key, dict[str, int]]:
    """Counts by lead, bureau above and bureau."""
    found = _keyed(rows, at, opened).values(*KEY).annotate(**counts)
    return {(line.pop(KEY[0]), line.pop(KEY[1]), line.pop(KEY[2])): line for line in found}


def _join(found: dict[Any, dict[str, int]], more: Mapping[Any, Mapping[str, int]]) -> None:
    for key, figures in more.items():
        if key in found:
            found[key] |= figures


def _branches(lead: int, below: Mapping[Key, Figures], bureaus: Mapping[int, Bureau]) -> list[Branch]:
    """The bureaus that hold parts of this lead's tasks, each followed by those that hold parts below its own."""
    keys = [key for key in below if key[0] == lead]
    own = {key[2] for key in keys if key[1] is None}
    above = own | {key[1] for key in keys if key[1] is not None}
    found = []
    for bureau in sorted(above, key=lambda one: (bureaus[one].position, one)):
        if bureau != lead:
            figures = below.get((lead, None, bureau), {})
            found.append(Branch(2, bureaus[bureau], bureaus[lead], figures))
        under = [key for key in keys if key[1] == bureau]
        for key in sorted(under, key=lambda one: (bureaus[one[2]].position, one[2])):
            level = 3 if bureau != lead else 2
            line = below[key]
            found.append(Branch(level, bureaus[key[2]], bureaus[lead], line, above=bureaus[bureau]))
    return found
