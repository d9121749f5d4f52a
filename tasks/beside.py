"""What apps above this one show of a task: each registers its part of the page, or its column of the register.

The page and the register know none of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import django_filters

from qdtrade.errors import Words

from .filters import TaskFilter
from .models import Task
from .models.task import TaskQuerySet


@dataclass(frozen=True)
class Part:
    """One section. `rows` reads, in one question, what `template` draws as `shown.rows`; empty where there is none."""

    name: str
    label: Words
    rows: Callable[[Any, Task], list[Any]]
    template: str
    offer: Callable[[Any, Task], bool] = lambda user, task: False
    """Whether the person may begin something there, so that the section stands while it is empty."""


@dataclass(frozen=True)
class Shown:
    """A section with its rows, as a page draws it."""

    part: Part
    rows: list[Any]
    offer: bool = False


@dataclass(frozen=True)
class Cell:
    """What a column holds for one task: a state, and the page that tells more."""

    state: str
    words: Words
    url: str


@dataclass(frozen=True)
class Column:
    """A column of the register, and the filter of the same name.

    `cells` reads those of a page's tasks, by their ids, in one question; `total` what stands below it for all tasks of
    the list, in one question.
    """

    name: str
    heading: Words
    cells: Callable[[Any, Sequence[Task]], dict[int, Cell]]
    total: Callable[[Any, TaskQuerySet], Words]
    filter: django_filters.Filter


PARTS: dict[str, Part] = {}
COLUMNS: dict[str, Column] = {}


def register(part: Part) -> None:
    """Called once by an app when it is ready."""
    PARTS[part.name] = part


def register_column(column: Column) -> None:
    """Called once by an app when it is ready."""
    COLUMNS[column.name] = column
    TaskFilter.extend(column.name, column.filter)


def of_tasks(user: Any, tasks: Sequence[Task]) -> dict[int, list[tuple[str, Cell | None]]]:
    """What each column holds for these tasks, by the task's id."""
    cells = {name: column.cells(user, tasks) for name, column in COLUMNS.items()}
    return {task.pk: [(name, found.get(task.pk)) for name, found in cells.items()] for task in tasks}


def totals(user: Any, tasks: TaskQuerySet) -> list[tuple[str, Words]]:
    """What stands below each column."""
    return [(name, column.total(user, tasks)) for name, column in COLUMNS.items()]


def of_task(user: Any, task: Task) -> list[Shown]:
    """The sections that have something to show of this task to this person."""
    found = [Shown(part, part.rows(user, task), part.offer(user, task)) for part in PARTS.values()]
    return [shown for shown in found if shown.rows or shown.offer]
