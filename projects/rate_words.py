"""Rates in words: the value, the division it comes from, why there is none, and what the rule counts."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qdtrade import money
from qdtrade.errors import Words
from qdtrade.templatetags import days
from qdtrade.templatetags.words import grouped, listed

from .models import Measure, Rate
from .models.rate import Exclusion
from .rates import Evaluated, Reading

GAP = "\N{NO-BREAK SPACE}"

EXPLAINS: dict[str, Words] = {
    Measure.SIGNED: gettext_lazy("All that was signed by the day; nothing that ended later leaves it."),
    Measure.PERFORMING: gettext_lazy("Signed, less what was terminated or removed by the day."),
    Measure.FRAMEWORK: gettext_lazy("Passed the framework agreement by the day, confirmed."),
    Measure.CONTRACT: gettext_lazy("Passed the formal contract by the day, confirmed."),
    Measure.REGISTERED: gettext_lazy("Passed the registration by the day, confirmed."),
    Measure.STARTED: gettext_lazy("Passed the start of permanent works by the day, confirmed."),
    Measure.PRODUCING: gettext_lazy("Passed the start of production by the day, confirmed."),
    Measure.FULL: gettext_lazy("Passed full output by the day, confirmed."),
    Measure.IN: gettext_lazy("Money that came in by the day, less counter-entries."),
    Measure.PAID: gettext_lazy("Money that was paid by the day, less counter-entries."),
    Measure.INVESTED: gettext_lazy("Investment completed by the day, less counter-entries."),
    Measure.INFLOW: gettext_lazy("The contracted inflow of what was signed by the day."),
    Measure.TERMINATED: gettext_lazy("Terminated by the day."),
    Measure.REMOVED: gettext_lazy("Removed by the day."),
}
"""What each measure counts."""

ELAPSED = gettext_lazy(
    "Elapsed share: the planned investment in equal parts from the signing to the day planned for full output (or"
    " production), as far as the day; without a planned day nothing is asked for."
)


@dataclass(frozen=True)
class Said:
    """One reading of a rate in words; the reason stands where there is no value."""

    value: str
    division: str
    reason: str = ""


def by_count(found: Evaluated) -> Said:
    """By number of projects."""
    if found.count is None:
        return Said(days.NONE, "", _("by amount alone: a number of projects has no progress"))
    division = f"{grouped(int(found.count.over))} ÷ {grouped(int(found.count.under))}"
    return _said(found, found.count, division)


def by_amount(found: Evaluated) -> Said:
    """By amount, in 亿元."""
    division = f"{money.yi(found.amount.over)} ÷ {money.yi(found.amount.under)} 亿元"
    return _said(found, found.amount, division)


def _said(found: Evaluated, reading: Reading, division: str) -> Said:
    if reading.value is None:
        words = _("the denominator is 0: no project %(measure)s by the day")
        if found.rate.denominator == Measure.SIGNED:
            words = _("the denominator is 0: nothing was signed by the day")
        return Said(days.NONE, division, words % {"measure": found.rate.get_denominator_display()})
    if not found.rate.less:
        return Said(percent(reading.value), division)
    words = _("%(division)s = %(done)s; elapsed share %(elapsed)s")
    shares = {"done": percent(reading.done), "elapsed": percent(reading.elapsed)}
    return Said(points(reading.value), words % {"division": division, **shares})


def percent(value: Decimal | None) -> str:
    """99.66 %."""
    return days.NONE if value is None else f"{_signed(value)}{GAP}%"


def points(value: Decimal) -> str:
    """+42.31 points."""
    sign = "+" if value > 0 else ""
    return _("%(value)s points") % {"value": f"{sign}{_signed(value)}"}


def _signed(value: Decimal) -> str:
    return f"{value:,}".replace("-", "−")


def formula(rate: Rate) -> str:
    """What it divides by what: started ÷ signed."""
    division = f"{rate.get_numerator_display()} ÷ {rate.get_denominator_display()}"
    return f"{division} − {rate.get_less_display()}" if rate.less else division


def explained(rate: Rate) -> list[tuple[Words, Words]]:
    """Numerator and denominator in a sentence each."""
    pairs: list[tuple[Words, Words]] = [
        (rate.get_numerator_display(), EXPLAINS[rate.numerator]),
        (rate.get_denominator_display(), EXPLAINS[rate.denominator]),
    ]
    return [*pairs, (rate.get_less_display(), ELAPSED)] if rate.less else pairs


def left_out(rate: Rate) -> str:
    """What the rate leaves out of its cohort; a dash for nothing."""
    return listed(Exclusion(one).label for one in rate.exclusions) or days.NONE


def version(rate: Rate) -> str:
    """Which version it is, and from when on it holds."""
    words = _("version %(version)d, from %(day)s")
    return words % {"version": rate.version, "day": days.iso(rate.valid_from)}


def cut_off(rate: Rate, on: datetime.date) -> str:
    """Up to which day, and by which day of a fact."""
    return f"{days.iso(on)} {rate.get_cut_off_display()}"
