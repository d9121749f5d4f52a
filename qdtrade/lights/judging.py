"""What a judge of lights gives: a level with its reasons, each a code and what its words name (DECISIONS 13).

Judges are pure: facts, thresholds and a day come in. What tasks and projects have in common stands here.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from qdtrade.programmes.models.expected import Timeliness

from .levels import RANKS, Level, worst

Reason = dict[str, Any]

TROUBLE = (Level.RED, Level.YELLOW)


class Thresholds(Protocol):
    """What a version of a programme's rule says (`LightRule`), or a test."""

    @property
    def gap_yellow(self) -> Decimal: ...
    @property
    def gap_red(self) -> Decimal: ...
    @property
    def ahead_points(self) -> Decimal: ...
    @property
    def milestone_days(self) -> int: ...
    @property
    def start_yellow(self) -> int: ...
    @property
    def start_red(self) -> int: ...
    @property
    def late_report(self) -> str: ...
    @property
    def missing_report(self) -> str: ...


@dataclass(frozen=True)
class Judged:
    """A light as it is computed."""

    level: Level
    reasons: list[Reason] = field(default_factory=list)


@dataclass(frozen=True)
class Filed:
    """The latest row of a ledger that is filed, or past its due day: of which period, and whether it came in time."""

    kind: str
    starts_on: datetime.date
    due_on: datetime.date
    timeliness: str


def reason(code: str, level: Level | str, **named: Any) -> Reason:
    """One reason as it is kept: days and amounts as text."""
    kept = {
        name: str(value) if isinstance(value, datetime.date | Decimal) else value
        for name, value in named.items()
    }
    return {"code": code, "level": str(level), **kept}


def only(level: Level, code: str, **named: Any) -> Judged:
    """A light with the one reason that explains it."""
    return Judged(level, [reason(code, level, **named)])


def of_trouble(found: Iterable[Reason]) -> Judged | None:
    """The worst of what was found, the worst first; None where nothing is wrong."""
    wrong = [one for one in found if one["level"] in TROUBLE]
    if not wrong:
        return None
    wrong.sort(key=lambda one: RANKS[one["level"]])
    return Judged(worst(one["level"] for one in wrong), wrong)


def of_reporting(filed: Filed | None, rule: Thresholds, today: datetime.date, what: str) -> list[Reason]:
    """Late and missing reports, of the latest period; one that is past its due day and not filed is late already."""
    if filed is None:
        return []
    named = {"kind": filed.kind, "period": filed.starts_on}
    if filed.timeliness == Timeliness.LATE:
        return [reason(f"{what}_late", rule.late_report, **named)]
    if filed.timeliness == Timeliness.MISSING:
        return [reason(f"{what}_missing", rule.missing_report, **named)]
    if filed.timeliness == Timeliness.DUE and filed.due_on < today:
        days = (today - filed.due_on).days
        return [reason(f"{what}_not_filed", rule.late_report, days=days, **named)]
    return []


def of_target(overdue: str, soon: str, days_left: int, rule: Thresholds, **named: Any) -> list[Reason]:
    """A day that something is to be reached by, and is not: red when it is over, yellow shortly before."""
    if days_left < 0:
        return [reason(overdue, Level.RED, days=-days_left, **named)]
    if days_left <= rule.milestone_days:
        return [reason(soon, Level.YELLOW, days=days_left, **named)]
    return []


def months_between(start: datetime.date, end: datetime.date) -> int:
    """Whole months from one day to another: from 31 January to 28 February there is none yet; 0 at the least."""
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    return max(0, months)
