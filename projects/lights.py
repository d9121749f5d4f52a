"""How a project's light is judged (DOMAIN, lights): a pure function of facts, thresholds and the day.

Late, short of money and stalled mean what they mean in the lists (`lagging`), whose rows come in: a light and a list
never disagree. Our choices, for the domain's table is of tasks:

* Red: a gate is past its planned day and its carrier has not proposed it. Yellow: one is due within the days that the
  rule names for milestones; the money that came in lags its plan; the project is stalled. An update that is late or
  missing counts as a report does.
* Grey: terminated, or removed. Blue: at full output. Nothing is ahead of plan before that, for only gates are planned.
* Red that was caught up stays yellow until the period of updates ends (Ouhai).
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from qdtrade.lights.judging import (
    Filed,
    Judged,
    Reason,
    Thresholds,
    of_reporting,
    of_target,
    of_trouble,
    only,
    reason,
)
from qdtrade.lights.levels import Level

from .models import Project

Status = Project.Status


@dataclass(frozen=True)
class Due:
    """A gate that waits for its carrier, and its planned day."""

    step: str
    plan_on: datetime.date


@dataclass(frozen=True)
class Facts:
    """What a project's light is judged by; `missing` yuan and `idle_days` only where the lists say so too."""

    status: str
    gate: Due | None = None
    """The one that is due first."""
    missing: Decimal | None = None
    idle_days: int | None = None
    update: Filed | None = None
    was_red: bool = False
    """It was red earlier in this period."""


def light_of(facts: Facts, rule: Thresholds, today: datetime.date) -> Judged:
    """The level and why."""
    if facts.status in Project.ENDED:
        return only(Level.GREY, facts.status)
    if facts.status == Status.FULL:
        return only(Level.BLUE, "full")
    trouble = of_trouble(_found(facts, rule, today))
    if trouble is not None:
        return trouble
    return only(Level.YELLOW, "caught_up") if facts.was_red else only(Level.GREEN, "on_plan")


def _found(facts: Facts, rule: Thresholds, today: datetime.date) -> Iterator[Reason]:
    if facts.gate is not None:
        left = (facts.gate.plan_on - today).days
        yield from of_target("gate_overdue", "gate_soon", left, rule, step=facts.gate.step)
    if facts.missing is not None:
        yield reason("money_behind", Level.YELLOW, missing=facts.missing)
    if facts.idle_days is not None:
        yield reason("stalled", Level.YELLOW, days=facts.idle_days)
    yield from of_reporting(facts.update, rule, today, "update")
