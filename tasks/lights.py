"""How a task's light is judged (DOMAIN, lights): a pure function of facts, thresholds and the day.

The overall light is the worst of four dimensions: progress against the plan, milestones, reporting, the start. Our
choices, where the domain leaves room:

* Progress is compared in the points that pages show: the planned share in whole percent, less the progress reported.
* The due date counts as the last milestone, until completion is claimed.
* A report past its due day and not filed counts as late, until the form closes and it is missing. What is filed early
  for the next period counts at once.
* The start is missed while a task whose start day has come has neither progress nor a milestone done. Months run from
  that day, or from the registration where that was later.
* Grey is what has not begun and need not have: not signed for yet (until its start is missed), or to start later.
* Blue is what is done, or nowhere in trouble and ahead of plan by the points that the rule names.
* Red that was caught up stays yellow until the period ends (Ouhai).
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
    months_between,
    of_reporting,
    of_target,
    of_trouble,
    only,
    reason,
)
from qdtrade.lights.levels import Level

from .models.task import Task

Status = Task.Status


@dataclass(frozen=True)
class Node:
    """A milestone that is neither done nor waived."""

    number: int
    plan_on: datetime.date


@dataclass(frozen=True)
class Facts:
    """What a task's light is judged by."""

    status: str
    registered_on: datetime.date
    starts_on: datetime.date
    due_on: datetime.date
    planned: Decimal | int
    """The share of its time that has passed, in percent, as pages show it."""
    progress: Decimal
    nodes: tuple[Node, ...] = ()
    has_begun: bool = True
    """There is progress, or a milestone is done."""
    report: Filed | None = None
    was_red: bool = False
    """It was red earlier in this period."""


def light_of(facts: Facts, rule: Thresholds, today: datetime.date) -> Judged:
    """The level and why."""
    at_rest = _at_rest(facts, rule, today)
    if at_rest is not None:
        return at_rest
    trouble = of_trouble(_found(facts, rule, today))
    if trouble is not None:
        return trouble
    if facts.was_red:
        return only(Level.YELLOW, "caught_up")
    ahead = facts.progress - facts.planned
    if ahead >= rule.ahead_points and ahead > 0:
        return only(Level.BLUE, "ahead", points=_points(ahead))
    return only(Level.GREEN, "on_plan")


def _at_rest(facts: Facts, rule: Thresholds, today: datetime.date) -> Judged | None:
    """The light of a task on which no clock runs, or whose only clock is that of its start."""
    if facts.status == Status.DONE:
        return only(Level.BLUE, "done")
    if facts.status in {Status.SUSPENDED, Status.DROPPED}:
        return only(Level.GREY, facts.status)
    if facts.status == Status.REGISTERED:
        return of_trouble(_start(facts, rule, today)) or only(Level.GREY, "registered")
    if today < facts.starts_on and not facts.has_begun:
        return only(Level.GREY, "not_started", day=facts.starts_on)
    return None


def _found(facts: Facts, rule: Thresholds, today: datetime.date) -> Iterator[Reason]:
    yield from _schedule(facts, rule)
    yield from _milestones(facts, rule, today)
    yield from of_reporting(facts.report, rule, today, "report")
    if not facts.has_begun:
        yield from _start(facts, rule, today)


def _schedule(facts: Facts, rule: Thresholds) -> list[Reason]:
    """Planned less actual: yellow from the first threshold on, red above the second."""
    gap = facts.planned - facts.progress
    if gap > rule.gap_red:
        return [reason("behind", Level.RED, points=_points(gap))]
    if gap >= rule.gap_yellow and gap > 0:
        return [reason("behind", Level.YELLOW, points=_points(gap))]
    return []


def _milestones(facts: Facts, rule: Thresholds, today: datetime.date) -> list[Reason]:
    """The milestone that is due first, with how many more are overdue; then the task's own due date."""
    found = []
    first = min(facts.nodes, key=lambda node: (node.plan_on, node.number), default=None)
    if first is not None:
        others = sum(node.plan_on < today for node in facts.nodes if node is not first)
        named = {"number": first.number} | ({"others": others} if others else {})
        left = (first.plan_on - today).days
        found += of_target("milestone_overdue", "milestone_soon", left, rule, **named)
    if facts.status == Status.IN_PROGRESS:
        found += of_target("task_overdue", "task_soon", (facts.due_on - today).days, rule)
    return found


def _start(facts: Facts, rule: Thresholds, today: datetime.date) -> list[Reason]:
    months = months_between(max(facts.starts_on, facts.registered_on), today)
    if months >= rule.start_red:
        return [reason("start_missed", Level.RED, months=months)]
    if months >= rule.start_yellow:
        return [reason("start_missed", Level.YELLOW, months=months)]
    return []


def _points(points: Decimal) -> str:
    """Without zeros behind: 17, 9.99."""
    text = f"{points:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
