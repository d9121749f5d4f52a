"""What apps above this one show on the page of a task: each registers its part, and the page knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from qdtrade.errors import Words

from .models import Task


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


PARTS: dict[str, Part] = {}


def register(part: Part) -> None:
    """Called once by an app when it is ready."""
    PARTS[part.name] = part


def of_task(user: Any, task: Task) -> list[Shown]:
    """The sections that have something to show of this task to this person."""
    found = [Shown(part, part.rows(user, task), part.offer(user, task)) for part in PARTS.values()]
    return [shown for shown in found if shown.rows or shown.offer]
