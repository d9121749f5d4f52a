"""The pieces that “my work” is put together from, whatever the role."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from projects.models import Project
from qdtrade.errors import Words
from qdtrade.lights.reading import light_up
from qdtrade.programmes.models import Programme
from qdtrade.web import Offer
from tasks.models import Task


@dataclass(frozen=True)
class Count:
    """A figure with its unit, its note, and the rows behind it."""

    name: Words
    figure: int
    unit: Words
    note: str = ""
    url: str = ""

    @property
    def shown(self) -> str:
        """With commas between the thousands."""
        return f"{self.figure:,}"


@dataclass(frozen=True)
class Link:
    """A button that leads somewhere; a refused one says why."""

    label: Words
    url: str = ""
    kind: str = "plain"
    reason: str = ""


@dataclass(frozen=True)
class Row:
    """One thing on the list: its state, its task, why it is here, until when, and what to do."""

    state: str
    state_label: Words
    task: Task | Project | None
    name: str
    url: str
    reasons: list[tuple[str, bool]]
    """Sentences, each with whether it is an alarm."""
    due: str = ""
    due_note: str = ""
    is_late: bool = False
    links: list[Link] = field(default_factory=list)
    moves: list[Offer] = field(default_factory=list)
    version: int | None = None
    place: str = ""
    """What tells the moves of one row apart from those of another."""


@dataclass(frozen=True)
class Section:
    """Rows under one heading; `anchor` is where the counts lead."""

    anchor: str
    title: Words
    hint: str
    rows: list[Row]

    @property
    def has_lights(self) -> bool:
        """Whether any of the rows is about something that has a light."""
        return any(getattr(row.task, "light", "") for row in self.rows)

    @property
    def has_states(self) -> bool:
        """Whether the rows are things to do, with a state and a day, or only doors to other pages."""
        return any(row.state for row in self.rows)


@dataclass
class Work:
    """Everything that one role brings to the page."""

    sentence: list[tuple[str, bool]] = field(default_factory=list)
    """Parts of the sentence at the top, each with whether it is bold."""
    counts: list[Count] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    empty: tuple[str, str] | None = None
    """The fact and the next step, for a page with nothing to do."""

    def join(self, other: "Work") -> None:
        """A person with two roles has the work of both."""
        self.sentence = self.sentence or other.sentence
        self.counts += other.counts
        self.sections += other.sections
        self.empty = None if other.has_rows and not other.empty else self.empty or other.empty

    def light_up(self) -> None:
        """Give every task and project on the page the light that it has now: a query for each kind."""
        light_up(row.task for section in self.sections for row in section.rows if row.task is not None)

    @property
    def has_rows(self) -> bool:
        return any(section.rows for section in self.sections)


def address(name: str, programme: Programme, *args: object, anchor: str = "", **query: object) -> str:
    """A page of this programme: every link we make says which (DECISIONS 2)."""
    words = urlencode({"programme": programme.code, **query})
    return f"{reverse(name, args=args)}?{words}{'#' if anchor else ''}{anchor}"


def whose(task: Task) -> str:
    """Code and field: the first words of a row's second line."""
    return f"{task.code} · {task.field}"


def ids(rows: Iterable[Any]) -> list[int]:
    return [row.pk for row in rows]
