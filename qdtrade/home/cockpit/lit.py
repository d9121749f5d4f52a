"""Lights: how many of each, how that differs from the end of the period before, the worst, and where they stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count

from qdtrade.charts.bars import length
from qdtrade.lights.levels import WORST_FIRST
from qdtrade.lights.words import sentence
from qdtrade.programmes.rates import percent
from tasks.models import Task

from .asked import Figure, Scope

ROOM = 120
"""The units of the longest bar."""
WORST = 3
STRONG_FROM: Mapping[str, int] = {"red": 3, "yellow": 4, "green": 11, "blue": 3}
"""From so many on a cell is strongly tinted; a grey one never is."""
LEVELS = [level.value for level in WORST_FIRST]
NONE = "none"
"""The filter of lists for what has no light."""


@dataclass(frozen=True)
class Light:
    """One level: its count, its share, and by how much more it is than before (None where nothing is known of then)."""

    level: str
    figure: Figure
    share: Decimal | None
    long: int
    change: int | None


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
    now = by_light(scope.tasks().with_light())
    then = by_light(scope.tasks().with_light(on=scope.since)) if scope.since is not None else {}
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
    unlit = scope.figure(now.get("", 0), "task_list", light=NONE)
    return Lights(rows, scope.figure(every, "task_list"), unlit, worst(scope))


def by_light(tasks: Any) -> dict[str, int]:
    """How many tasks have each light; under "" those of which none is kept."""
    return dict(tasks.order_by().values_list("light").annotate(count=Count("pk")))


def worst(scope: Scope) -> list[Worst]:
    """The reds that have been overdue for longest, with why."""
    rows = scope.tasks().with_light().filter(light="red").worst_first(scope.today).select_related("lead")
    return [Worst(task, sentence(task.light_reasons)) for task in rows[:WORST]]


def by_field(scope: Scope) -> Heat:
    """Fields of work as they are numbered."""
    found = _counted(scope, "field", "field__number", "field__name")
    lines = [
        _line(scope, name, counts, {"field": pk})
        for (pk, _number, name), counts in sorted(found.items(), key=_number)
    ]
    return Heat(lines, _total(scope, found), len(lines))


def by_bureau(scope: Scope, most: int) -> Heat:
    """Lead bureaus, those with the most red first."""
    found = _counted(scope, "lead", "lead__position", "lead__short_name")
    lines = [
        _line(scope, name, counts, {"lead": pk})
        for (pk, _place, name), counts in sorted(found.items(), key=_number)
    ]
    lines.sort(key=lambda line: line.trouble[:2], reverse=True)
    return Heat(lines[:most], _total(scope, found), len(lines))


def by_state(scope: Scope) -> Heat:
    """States of tasks, in the order of a task's life."""
    found = _counted(scope, "status")
    lines = [
        _line(scope, state.label, found[(state.value,)], {"status": state.value})
        for state in Task.Status
        if (state.value,) in found
    ]
    return Heat(lines, _total(scope, found), len(lines))


def _number(item: tuple[tuple[Any, ...], Any]) -> Any:
    (pk, number, _name), _counts = item
    return number, pk


def _counted(scope: Scope, *by: str) -> dict[tuple[Any, ...], dict[str, int]]:
    rows = scope.tasks().with_light().order_by().values_list(*by, "light").annotate(count=Count("pk"))
    found: dict[tuple[Any, ...], dict[str, int]] = {}
    for *key, light, count in rows:
        found.setdefault(tuple(key), {})[light] = count
    return found


def _line(scope: Scope, name: Any, counts: Mapping[str, int], asked: Mapping[str, Any]) -> Line:
    every = scope.figure(sum(counts.values()), "task_list", **asked)
    cells = [
        Cell(
            level,
            scope.figure(counts.get(level, 0), "task_list", **asked, light=level),
            counts.get(level, 0) >= STRONG_FROM.get(level, counts.get(level, 0) + 1),
        )
        for level in LEVELS
    ]
    return Line(name, every, cells)


def _total(scope: Scope, found: Mapping[Any, Mapping[str, int]]) -> Line:
    """The sum of all lines; it never takes a strong tint."""
    counts = {level: sum(line.get(level, 0) for line in found.values()) for level in LEVELS}
    cells = [Cell(level, scope.figure(counts[level], "task_list", light=level)) for level in LEVELS]
    return Line("", scope.figure(_sum(found.values()), "task_list"), cells)


def _sum(counts: Iterable[Mapping[str, int]]) -> int:
    return sum(sum(line.values()) for line in counts)
