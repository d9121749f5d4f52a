"""The columns of a list: which of them a person wants to see, on the page, on paper and in the file alike."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from qdtrade.errors import Words
from qdtrade.tables import Cell

from .exports import WIDTH, Column

SHOW = "show"
"""The parameter of an address that names the columns, once for each or parted by commas."""


@dataclass(frozen=True)
class Shown:
    """A column that a list can show: its name in the address, its heading, and what stands in it.

    The page draws those of its template itself (`drawn`); the others stand after them as `value` says it, which is
    also what the file holds. `sorts` is the ordering that a click on the heading asks for.
    """

    name: str
    heading: Words
    value: Callable[[Any], Cell]
    width: int = WIDTH
    sorts: str = ""
    css: str = ""
    fixed: bool = False
    usual: bool = True
    drawn: bool = True
    is_bar: bool = False
    """Drawn as a bar: the page puts its key into the heading."""
    is_text: bool = False
    """Long: the page shows its beginning."""

    def in_file(self) -> Column:
        return Column(self.heading, self.value, self.width)


@dataclass(frozen=True)
class Chosen:
    """The columns that an address asks for, in the list's own order."""

    every: Sequence[Shown]
    columns: Sequence[Shown]
    is_usual: bool

    @property
    def names(self) -> frozenset[str]:
        return frozenset(column.name for column in self.columns)

    @property
    def plain(self) -> list[Shown]:
        """Those that the page writes as words after the others."""
        return [column for column in self.columns if not column.drawn]

    @property
    def to_choose(self) -> list[tuple[Shown, bool]]:
        """What may be left out or added, and whether it is shown now."""
        names = self.names
        return [(column, column.name in names) for column in self.every if not column.fixed]

    def words(self, row: Any) -> list[tuple[Shown, Cell]]:
        """What the plain columns hold for a row."""
        return [(column, column.value(row)) for column in self.plain]

    def in_file(self) -> list[Column]:
        return [column.in_file() for column in self.columns]


def chosen(every: Sequence[Shown], asked: QueryDict) -> Chosen:
    """The columns that the address names; without any the usual ones. Raises ValidationError for unknown names."""
    names = set(asked_for(asked))
    if not names:
        return Chosen(every, _of(every, lambda one: one.usual or one.fixed), is_usual=True)
    unknown = names - {column.name for column in every}
    if unknown:
        words = _("There is no such column: %(names)s.") % {"names": ", ".join(sorted(unknown))}
        raise ValidationError({SHOW: words})
    usual = {column.name for column in every if column.usual and not column.fixed}
    wanted = names - {column.name for column in every if column.fixed}
    return Chosen(every, _of(every, lambda one: one.fixed or one.name in names), is_usual=wanted == usual)


def asked_for(asked: QueryDict) -> list[str]:
    """The names in an address."""
    return [name for part in asked.getlist(SHOW) for name in part.split(",") if name]


def _of(every: Sequence[Shown], wanted: Callable[[Shown], bool]) -> list[Shown]:
    """Drawn ones first, as the page has them."""
    found: Iterable[Shown] = (column for column in every if wanted(column))
    return sorted(found, key=lambda column: not column.drawn)
