"""What may be imported: each app that keeps something registers its kinds of file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

from django.http import HttpRequest

from qdtrade.errors import Words
from qdtrade.tables import Workbook
from qdtrade.workflow import Act

if TYPE_CHECKING:
    from qdtrade.programmes.models import Programme

    from .models import Import

Progress = Callable[[int, int], None]
"""Told how many rows are done, of how many."""
Write = Callable[["Import", Any, Progress], None]
"""Writes everything, inside the unit of the move, in the person's name."""


@dataclass(frozen=True)
class DryRun:
    """What a file would do: figures, what a page shows, a digest of it all, a workbook with a remark per row.

    `write` is None where something stands against writing it.
    """

    counts: dict[str, int]
    summary: dict[str, Any]
    digest: str
    workbook: Callable[[], IO[bytes]]
    write: Write | None = None


@dataclass(frozen=True)
class TakingBack:
    """How an applied import is undone: `locks` holds what it wrote, `refuses` names what has built on it."""

    locks: "Callable[[Import], None]"
    refuses: "Callable[[Import, Act], None]"
    undo: "Callable[[Import, Any, Any], None]"


@dataclass(frozen=True)
class Kind:
    """One kind of file.

    `readers` are the roles that see its imports, since a file holds everybody's rows; `reads` and `runs` raise for
    anybody else and return the membership the person acts under. `compare` reads a workbook against the database and
    changes nothing; `choose` makes choices of a form; `shows` gives a page what only this kind has.
    """

    name: str
    readers: Sequence[str]
    reads: "Callable[[Programme, Any], Any]"
    runs: "Callable[[Programme, Any], Any]"
    compare: "Callable[[Import, Workbook, Any, Progress], DryRun]"
    choose: "Callable[[Import, Mapping[str, str]], dict[str, Any]]"
    shows: "Callable[[HttpRequest, Import], dict[str, Any]]"
    addresses: str
    """What the names of its addresses begin with: `task` gives `task_imports`, `task_import`."""
    stock: str
    """The name of the address where what it writes is kept."""
    title: Words
    stock_title: Words
    hint: Words
    """What a file may hold, and how to find out which columns it has."""
    columns: Mapping[str, Words] = field(default_factory=dict)
    """What a column may be read as."""
    act: str = "upload"
    """What the records call an upload: that says what the file holds."""
    then: "Callable[[Import], tuple[str, Words]] | None" = None
    """Where an applied import leads to next, and what that is called."""
    is_of_server: bool = False
    """Whether the server's administrator, who is a member of no programme, imports it too."""
    taking_back: TakingBack | None = None


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Called once by an app when it is ready."""
    KINDS[kind.name] = kind
