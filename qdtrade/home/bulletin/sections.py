"""The figures of a period in the order of a bulletin: progress, breakthroughs, lights, reporting, slippage, signings,
indicators. What a set has no figures for is left out.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from qdtrade.documents.paper import numbered
from qdtrade.errors import Words
from qdtrade.programmes import figure_words, freezing
from qdtrade.programmes.freezing import SETS, Figures, Quoted
from qdtrade.programmes.models import Period

from .quoting import Shown, shown

Values = Mapping[str, str]
"""The values of a section's figures of the whole, by their parts."""


@dataclass(frozen=True)
class Row:
    """A bureau or a field with its figures, each with the column that it stands in."""

    name: str
    labelled: list[tuple[str, Shown | None]]

    @property
    def cells(self) -> list[Shown | None]:
        return [cell for _column, cell in self.labelled]


@dataclass(frozen=True)
class Grid:
    """Figures broken down: a line for each bureau or field."""

    heading: Words
    columns: list[str]
    rows: list[Row]


@dataclass(frozen=True)
class Block:
    """The figures of one set: those of the whole as lines, and its break-downs."""

    label: Words
    number: int
    lines: list[Shown]
    grids: list[Grid] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """With its number, as on the paper."""
        return numbered(2, self.number, str(self.label))


@dataclass(frozen=True)
class Section:
    """A part of the bulletin under its heading."""

    name: str
    title: str
    number: int
    sentence: str
    blocks: list[Block]

    @property
    def heading(self) -> str:
        """With its number, as on the paper."""
        return numbered(1, self.number, self.title)

    @property
    def is_alone(self) -> bool:
        """Whether it has one block, which needs no heading of its own."""
        return len(self.blocks) == 1


@dataclass(frozen=True)
class Kind:
    """What a section is made of: its sets, the break-downs that a bulletin prints, and its sentence."""

    name: str
    heading: Words
    sets: tuple[str, ...]
    grids: Mapping[str, Words] = field(default_factory=dict)
    says: Callable[[Values], str] = lambda values: ""
    says_of: tuple[str, ...] = ()
    """The sets that the sentence speaks of, where not of all."""


def _progress(values: Values) -> str:
    labels = SETS["tasks.status"].parts
    states = (
        (str(labels[part].label), value) for part, value in values.items() if part != "all" and value != "0"
    )
    return _("%(all)s tasks stand in the register: %(states)s.") % {
        "all": values["all"],
        "states": _listed(states),
    }


def _breakthroughs(values: Values) -> str:
    words = (
        _("%(recognised)s breakthroughs were recognised this year, %(in_period)s of them in the period.")
        % values
    )
    if "target" in values:
        words += (
            _(" The target of the year is %(target)s; by the end of the month %(due)s were due.") % values
        )
    return words + _(" %(claimed)s are claimed and do not count yet.") % values


def _lights(values: Values) -> str:
    labels = SETS["tasks.light"].parts
    levels = ((str(labels[part].label), value) for part, value in values.items() if value != "0")
    return _("Lights of the tasks: %(lights)s.") % {"lights": _listed(levels)}


def _reporting(values: Values) -> str:
    return _(
        "%(expected)s reports were expected, %(exempt)s of them exempt; %(filed)s were filed: coverage"
        " %(rate_coverage)s, on time %(rate_timeliness)s. %(late)s came late, %(missing)s are missing."
    ) % values  # fmt: skip


def _slippage(values: Values) -> str:
    return _(
        "%(slipped)s tasks are due later than their baseline, %(days)s altogether; %(overdue)s tasks have an overdue"
        " milestone."
    ) % values  # fmt: skip


def _signings(values: Values) -> str:
    return _(
        "%(signed)s projects are signed with a planned investment of %(signed_amount)s; %(gate_registered)s are"
        " registered, %(gate_started)s have started, %(gate_producing)s produce."
    ) % values  # fmt: skip


def _listed(pairs: Iterable[tuple[str, str]]) -> str:
    said = [
        pgettext("bulletin", "%(label)s %(value)s") % {"label": label, "value": value}
        for label, value in pairs
    ]
    return pgettext("bulletin", ", ").join(said)


BY_FIELD, BY_BUREAU = gettext_lazy("By field"), gettext_lazy("By lead bureau")
KINDS = (
    Kind("progress", gettext_lazy("Progress of the tasks"), ("tasks.status",), says=_progress),
    Kind(
        "breakthroughs",
        gettext_lazy("Breakthroughs"),
        ("breakthroughs.counted", "breakthroughs.waiting"),
        says=_breakthroughs,
    ),
    Kind(
        "lights", gettext_lazy("Lights"), ("tasks.light",), {"field": BY_FIELD, "bureau": BY_BUREAU}, _lights
    ),
    Kind(
        "reporting",
        gettext_lazy("Reporting"),
        ("ledger.tasks", "ledger.parts", "ledger.projects"),
        {"bureau": gettext_lazy("By bureau")},
        _reporting,
        ("ledger.tasks",),
    ),
    Kind("slippage", gettext_lazy("Slippage of the plan"), ("tasks.slippage",), says=_slippage),
    Kind("signings", gettext_lazy("Signings"), ("projects.signed", "projects.rates"), says=_signings),
    Kind("indicators", gettext_lazy("Indicators"), ("indicators.readings",)),
)


def sections(period: Period) -> list[Section]:
    """The bulletin of a period, numbered without gaps: as kept where it is frozen, else as it is now."""
    figures, is_kept = freezing.quoted(period), freezing.are_kept(period)
    found: list[Section] = []
    for kind in KINDS:
        counted = [name for name in kind.sets if figures.get(name)]
        blocks = [
            _block(name, number, figures[name], kind, is_kept) for number, name in enumerate(counted, 1)
        ]
        if blocks:
            found.append(Section(kind.name, str(kind.heading), len(found) + 1, _said(kind, figures), blocks))
    return found


def _said(kind: Kind, figures: Figures) -> str:
    """The sentence of a section; its main set has to be there."""
    if not figures.get(kind.sets[0]):
        return ""
    rows = (one.figure for name in kind.says_of or kind.sets for one in figures.get(name, ()))
    whole = [row for row in rows if not row.by]
    return kind.says({row.part: figure_words.value(row) for row in whole})


def _block(name: str, number: int, quoted: list[Quoted], kind: Kind, is_kept: bool) -> Block:
    lines = [shown(one, is_kept=is_kept) for one in quoted if one.figure.by not in SETS_BROKEN_DOWN]
    grids = [_grid(by, heading, quoted, is_kept) for by, heading in kind.grids.items()]
    return Block(
        SETS[name].label if name in SETS else name, number, lines, [grid for grid in grids if grid.rows]
    )


SETS_BROKEN_DOWN = ("bureau", "field", "sector")
"""What figures are broken down by; others (a rate) are lines like those of the whole."""


def _grid(by: str, heading: Words, quoted: list[Quoted], is_kept: bool) -> Grid:
    """A column for each part that is not nothing everywhere."""
    rows: dict[str, tuple[str, dict[str, Shown]]] = {}
    for one in quoted:
        if one.figure.by == by:
            found = rows.setdefault(one.figure.key, (one.figure.label, {}))[1]
            found[one.figure.part] = shown(one, is_kept=is_kept)
    columns: dict[str, str] = {}
    for _label, cells in rows.values():
        columns |= {part: cell.label for part, cell in cells.items() if cell.value != "0" or cell.befores}
    lines = [
        Row(label, [(column, cells.get(part)) for part, column in columns.items()])
        for label, cells in rows.values()
    ]
    return Grid(heading, list(columns.values()), lines)
