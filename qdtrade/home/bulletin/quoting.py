"""A quoted figure as pages and papers show it: in words, with what it was before, and the way to its rows."""

import datetime
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from qdtrade import clock
from qdtrade.past.moments import AS_OF
from qdtrade.past.pages import has_past
from qdtrade.programmes import figure_words
from qdtrade.programmes.freezing import Quoted
from qdtrade.programmes.models import PeriodFigure, Restatement


@dataclass(frozen=True)
class Before:
    """A value that was quoted before it was put right, and by what."""

    value: str
    restatement: Restatement


@dataclass(frozen=True)
class Shown:
    """One figure in words; `befores` are its former values, the first one first."""

    part: str
    label: str
    value: str
    division: str
    formula: str
    as_of: datetime.date
    url: str
    befores: tuple[Before, ...] = ()

    @property
    def struck(self) -> str:
        """The former values, to be struck out; empty for what never was another."""
        return " ".join(one.value for one in self.befores)


def shown(quoted: Quoted, *, is_kept: bool) -> Shown:
    """A figure with its words; what was kept leads to its rows as they stood when it was counted."""
    row = quoted.figure
    rows = (*quoted.replaced, row)
    return Shown(
        part=row.part,
        label=figure_words.label(row),
        value=figure_words.value(row),
        division=figure_words.division(row),
        formula=figure_words.formula(row),
        as_of=row.as_of,
        url=_then(row) if is_kept else figure_words.url(row),
        befores=tuple(
            Before(figure_words.value(old), new.restatement)
            for old, new in pairwise(rows)
            if new.restatement is not None
        ),
    )


def _then(row: PeriodFigure) -> str:
    """The list with its rows as it stood at the moment of counting; nothing where that list has no past."""
    url = figure_words.url(row)
    if not url or not has_past(urlsplit(url).path):
        return ""
    moment = row.computed_at.astimezone(clock.BEIJING).replace(tzinfo=None).isoformat()
    return f"{url}&{AS_OF}={moment}"
