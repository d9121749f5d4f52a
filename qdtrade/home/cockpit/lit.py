"""Lights: how many of each, how that differs from the end of the period before, the worst, and where they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F

from qdtrade.charts.bars import length
from qdtrade.lights.levels import NO_LIGHT, WORST_FIRST, is_strong
from qdtrade.lights.words import sentence
from qdtrade.programmes.rates import percent
from tasks import figures, sorting
from tasks.models import Task

from .asked import Figure, Scope, with_sign

ROOM = 120
"""The units of the longest bar."""
WORST = 3
LEVELS = [level.value for level in WORST_FIRST]


@dataclass(frozen=True)
class Light:
    """One level: its count, its share, and by how much more it is than before (None where nothing is known of then)."""

    level: str
    figure: Figure
    share: Decimal | None
    long: int
    change: int | None

    @property
    def change_words(self) -> str:
        return with_sign(self.change) if self.change else ""


@dataclass(frozen=True)
class Worst:
    """A red task, and why."""

    task: Task
    why: str


@dataclass(frozen=True)
class Lights:
    """The panel. `unlit` are tasks of which no light is kept."""

    lights: list[Light]
    all: Figure
    unlit: Figure
    worst: list[Worst]

    def count(self, level: str) -> int:
        return next(one.figure.count for one in self.lights if one.level == level)


@dataclass(frozen=True)
class Cell:
    """A count by light; `strong` where it is many."""

    level: str
    figure: Figure
    strong: bool = False


@dataclass(frozen=True)
class Line:
    """What a line of a heat map counts, by light; its name leads to all of it."""

    name: Any
    all: Figure
    cells: list[Cell]

    @property
    def trouble(self) -> tuple[int, ...]:
        """Its counts, the worst light first: what lines are sorted by."""
        return tuple(cell.figure.count for cell in self.cells)


@dataclass(frozen=True)
class Heat:
    """Lines by light with their sum; `whole` is how many lines there are, where only the worst are shown."""

    lines: list[Line]
    total: Line
    whole: int


def lights(scope: Scope) -> Lights:
    """The panel, in three questions."""
    now = figures.by_light(scope.tasks())
    then = figures.by_light(scope.tasks(), scope.since) if scope.since is not None else {}
    every, most = sum(now.values()), max((now.get(level, 0) for level in LEVELS), default=0)
    is_known = any(then.get(level) for level in LEVELS)
    rows = [
        Light(
            level=level,
            figure=scope.figure(now.get(level, 0), "task_list", light=level),
            share=percent(now.get(level, 0), every),
            long=length(now.get(level, 0), most, ROOM),
            change=now.get(level, 0) - then.get(level, 0) if is_known else None,
        )
        for level in LEVELS
    ]
    unlit = scope.figure(now.get("", 0), "task_list", light=NO_LIGHT)
    return Lights(rows, scope.figure(every, "task_list"), unlit, worst(scope))


def worst(scope: Scope) -> list[Worst]:
    """The reds that have been overdue for longest, then those that lag their plan most, with why."""
    red = scope.tasks().with_light().filter(light="red").select_related("lead")
    late = red.annotate(late=sorting.lateness(None), due_by_now=sorting.planned(None))
    rows = late.order_by(
        F("late").desc(nulls_last=True), F("due_by_now").desc(), "progress", "field__number", "position", "pk"
    )
    return [Worst(task, sentence(task.light_reasons)) for task in rows[:WORST]]


def by_field(scope: Scope) -> Heat:
    """Fields of work as they are numbered."""
    lines = _lines(scope, "field", "field")
    return Heat(lines, _total(scope, lines), len(lines))


def by_bureau(scope: Scope, most: int) -> Heat:
    """Lead bureaus, those with the most red first."""
    lines = sorted(_lines(scope, "bureau", "lead"), key=lambda line: line.trouble[:2], reverse=True)
    return Heat(lines[:most], _total(scope, lines), len(lines))


def by_state(scope: Scope) -> Heat:
    """States of tasks, in the order of a task's life."""
    rows = scope.tasks().with_light().order_by().values_list("status", "light").annotate(count=Count("pk"))
    found: dict[str, dict[str, int]] = {}
    for status, light, count in rows:
        found.setdefault(status, {})[light] = count
    lines = [
        _line(scope, state.label, found[state], {"status": state.value})
        for state in Task.Status
        if state in found
    ]
    return Heat(lines, _total(scope, lines), len(lines))


def _lines(scope: Scope, by: str, named: str) -> list[Line]:
    """`named` is what the filter of the register is called."""
    found = figures.light_by(scope.tasks(), by)
    return [_line(scope, one.name, one.lights, {named: one.key}) for one in found]


def _line(scope: Scope, name: Any, counts: Mapping[str, int], asked: Mapping[str, Any]) -> Line:
    every = scope.figure(sum(counts.values()), "task_list", **asked)
    cells = [
        Cell(
            level,
            scope.figure(counts.get(level, 0), "task_list", **asked, light=level),
            is_strong(level, counts.get(level, 0)),
        )
        for level in LEVELS
    ]
    return Line(name, every, cells)


def _total(scope: Scope, lines: Sequence[Line]) -> Line:
    """The sum of all lines; it never takes a strong tint."""
    counts = {
        level: sum(line.cells[place].figure.count for line in lines) for place, level in enumerate(LEVELS)
    }
    cells = [Cell(level, scope.figure(counts[level], "task_list", light=level)) for level in LEVELS]
    return Line("", scope.figure(sum(line.all.count for line in lines), "task_list"), cells)
