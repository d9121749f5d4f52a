"""The figures that bulletins and cockpits quote: counted once for everybody, kept when their period is frozen.

Each app registers its sets. A set is counted over the whole programme, in SQL, by one function; a page of a period that
is not frozen counts it now, and one of a frozen period reads what was kept, so that no figure has two definitions and
none of a frozen period ever changes. Figures that follow from dated facts can be put right by a restatement, which
keeps both values; a stand of a moment (how many tasks were in which state, their lights) is history and cannot.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from qdtrade import clock
from qdtrade.audit import past
from qdtrade.audit.canonical import digest, dumps
from qdtrade.errors import Words

from .models import Period, PeriodFigure

COUNT, SIGNED, PERCENT, POINTS, YUAN, DAYS = "count", "signed", "percent", "points", "yuan", "days"
"""Units that have words; any other is written as it is."""

LONGEST = {
    "part": 60,
    "key": 40,
    "label": 200,
    "title": 200,
    "title_en": 200,
    "words": 60,
    "unit": 40,
    "formula": 400,
    "version": 40,
}


@dataclass(frozen=True)
class Part:
    """One of a set's figures: its label, how it is computed in words, and the filters of the list with its rows."""

    label: Words
    formula: Words
    opens: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FigureSet:
    """Figures that are counted together.

    `count` yields rows that are not saved, with everything but period, name, place and moment. `label` and `formula`
    say a figure's words where `parts` does not name it, `url` leads to the list of its rows (nothing where there is
    none). `is_stand` tells that it is of the moment of counting, and so is never restated.
    """

    name: str
    label: Words
    count: Callable[[Period], Iterable[PeriodFigure]]
    parts: Mapping[str, Part] = field(default_factory=dict)
    url: Callable[[PeriodFigure], str] = lambda figure: ""
    formula: Callable[[PeriodFigure], str] = lambda figure: figure.formula
    is_stand: bool = False


SETS: dict[str, FigureSet] = {}


def register(*sets: FigureSet) -> None:
    """Called once by an app when it is ready."""
    for one in sets:
        SETS[one.name] = one


def figure(part: str, value: Decimal | int | None, **fields: Any) -> PeriodFigure:
    """One figure of a set; its digits are those of the value, rounded before."""
    digits = -min(0, int(Decimal(value).as_tuple().exponent)) if value is not None else 0
    given = {"part": part, "digits": digits, "value": value, **fields}
    return PeriodFigure(**{name: _fitting(name, said) for name, said in given.items()})


def _fitting(name: str, said: Any) -> Any:
    """As the database would give it back."""
    if type(said) is int and name in {"value", "numerator", "denominator"}:
        return Decimal(said)
    return str(said)[: LONGEST[name]] if name in LONGEST else said


def last_day(period: Period) -> datetime.date:
    """The day up to which dated facts count: the period's last one, or today while it lasts."""
    return min(period.ends_on, clock.today())


def count(period: Period, at: datetime.datetime) -> list[PeriodFigure]:
    """Every figure of a period as it is now, in their order; nothing is kept."""
    found: list[PeriodFigure] = []
    for one in SETS.values():
        for row in one.count(period):
            row.period, row.name, row.computed_at = period, one.name, at
            row.position = len(found)
            row.as_of = row.as_of or clock.day_of(at)
            found.append(row)
    return found


@dataclass(frozen=True)
class Quoted:
    """A figure as it is quoted, with what was quoted before it was put right, the first one first."""

    figure: PeriodFigure
    replaced: tuple[PeriodFigure, ...] = ()

    @property
    def kept_first(self) -> PeriodFigure:
        """What was kept when the period was frozen."""
        return (*self.replaced, self.figure)[0]


Figures = dict[str, list[Quoted]]
"""By the name of their set."""


def are_kept(period: Period) -> bool:
    """Whether the period's figures are those that were kept: it is frozen, and was when figures were kept."""
    return period.status == Period.Status.FROZEN and period.figures_kept is not None


def quoted(period: Period) -> Figures:
    """The figures of a period: those kept where it is frozen, else as they are now."""
    return kept(period) if are_kept(period) else now(period)


def now(period: Period) -> Figures:
    """The figures as they are now."""
    return _by_set(Quoted(row) for row in count(period, clock.now()))


def kept(period: Period) -> Figures:
    """The figures that were kept, each with those that it replaced; in the past those that were kept by then."""
    return _by_set(_kept(period))


def _kept(period: Period) -> list[Quoted]:
    together: dict[tuple[str, ...], list[PeriodFigure]] = {}
    rows = period.kept_figures.as_added()
    for row in rows if past.current() is None else rows.by(clock.now()):
        row.period = period
        together.setdefault(row.place, []).append(row)
    found = [Quoted(rows[-1], tuple(rows[:-1])) for rows in together.values()]
    return sorted(found, key=lambda one: one.figure.position)


def restated(period: Period) -> list[PeriodFigure]:
    """The figures in force that are not those kept first."""
    return [one.figure for one in _kept(period) if one.replaced]


def _by_set(rows: Iterable[Quoted]) -> Figures:
    found: Figures = defaultdict(list)
    for row in rows:
        found[row.figure.name].append(row)
    return found


def differing(period: Period, at: datetime.datetime) -> list[PeriodFigure]:
    """What a restatement of a frozen period would add: figures of dated facts that are not what they were."""
    old = {one.figure.place: one.figure for one in _kept(period)}
    new = {row.place: row for row in count(period, at) if not SETS[row.name].is_stand}
    gone = [_gone(row, at) for place, row in old.items() if place not in new and _can_change(row)]
    for place in new.keys() & old.keys():
        new[place].position = old[place].position
    return [row for place, row in new.items() if place not in old or _says(row) != _says(old[place])] + gone


def _can_change(row: PeriodFigure) -> bool:
    known = SETS.get(row.name)
    return known is not None and not known.is_stand and (row.value is not None or bool(row.words))


def _gone(row: PeriodFigure, at: datetime.datetime) -> PeriodFigure:
    """A figure of something that is not counted any more."""
    said = {name: getattr(row, name) for name in PeriodFigure.SAYS}
    nothing = dict.fromkeys(("value", "numerator", "denominator"))
    return PeriodFigure(
        **{**said, **nothing, "words": ""}, period=row.period, position=row.position, computed_at=at
    )


def _says(row: PeriodFigure) -> tuple[str, ...]:
    """What would have to be restated: the value with its division, and what it means."""
    names = ("value", "numerator", "denominator", "words", "unit", "qualifier")
    return tuple(_written(getattr(row, name)) for name in names)


def digest_of(rows: Iterable[PeriodFigure]) -> str:
    """The hash of what rows say, whatever database holds them: recorded, so that the chain binds them."""
    return digest(dumps([[_written(getattr(row, name)) for name in PeriodFigure.SAYS] for row in rows]))


def _written(value: Any) -> str:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return f"{Decimal(value).normalize():f}"
    return "" if value is None else str(value)
