"""What the sections of a bulletin are made of, in its order, and the sentence that each begins with."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from qdtrade.errors import Words
from qdtrade.programmes.freezing import SETS

Values = Mapping[str, str]
"""The values of a section's figures of the whole, by their parts."""


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
