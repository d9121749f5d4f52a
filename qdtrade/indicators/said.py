"""How a value reads: qualifier, figure and unit as they were said, and how far it is from what was aimed at."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from .models import Indicator, IndicatorTarget, Qualifier, Reading

MILLION = Decimal(1_000_000)
MINUS = "−"


@dataclass(frozen=True)
class Said:
    """A value in words: what stands before the figure (nothing where it is exact), the figure, and its unit."""

    qualifier: str
    figure: str
    unit: str

    def __str__(self) -> str:
        gap = "" if get_language() != "en" and self.unit != "%" else " "
        return f"{self.qualifier}{gap if self.qualifier else ''}{self.figure}{gap if self.unit else ''}{self.unit}"


def said(reading: Reading) -> Said:
    """A reading as it was said; the indicator came with it."""
    indicator = reading.indicator
    qualifier = "" if reading.qualifier == Qualifier.EXACT else str(Qualifier(reading.qualifier).label)
    if reading.value is None:
        return Said(qualifier, reading.words, "")
    figure, unit = written(indicator, reading.value)
    return Said(qualifier, figure, unit)


def value_words(indicator: Indicator, value: Decimal) -> str:
    """A bare value with its unit, of a target or a baseline."""
    return str(Said("", *written(indicator, value)))


def written(indicator: Indicator, value: Decimal) -> tuple[str, str]:
    """Figure and unit in the reader's language: 12 万个, 120,000 scenarios; 9 亿元, 900 million yuan; 第1 位, no. 1."""
    if indicator.form == Indicator.Form.RANK:
        figure = pgettext("rank", "no. %(number)s") % {"number": rounded(value, 0)}
        return figure, unit_of(indicator)
    sign = "+" if indicator.is_signed and value > 0 else ""
    multiple, word, digits = _shown_in(indicator)
    unit = " ".join(part for part in (word, unit_of(indicator)) if part)
    return sign + rounded(value / multiple, digits), unit if get_language() == "en" else unit.replace(" ", "")


def unit_of(indicator: Indicator) -> str:
    """The unit in the reader's language."""
    if get_language() == "en":
        return "" if indicator.form == Indicator.Form.RANK else (indicator.unit_en or indicator.unit)
    return indicator.unit


def _shown_in(indicator: Indicator) -> tuple[Decimal, str, int]:
    """By what a value is divided, that multiple's word, and its digits: English counts in thousands and millions."""
    digits = indicator.decimals
    if get_language() != "en" or indicator.scale == Indicator.Scale.ONE:
        word = str(Indicator.Scale(indicator.scale).label) if indicator.scale != Indicator.Scale.ONE else ""
        return Decimal(indicator.scale), word, digits
    if indicator.scale == Indicator.Scale.YI:
        return MILLION, "million", max(0, digits - 2)
    return Decimal(1), "", max(0, digits - 4)


def rounded(value: Decimal, digits: int) -> str:
    """Rounded once, half up, in groups of three, with a true minus sign."""
    whole = value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    text = f"{abs(whole):,f}"
    return f"{MINUS}{text}" if whole < 0 else text


@dataclass(frozen=True)
class Distance:
    """How a reading stands to a target: whether it is reached (None where that is not known), and in words."""

    is_reached: bool | None
    words: str


def distance(reading: Reading, target: IndicatorTarget) -> Distance | None:
    """By the indicator's direction; None for a standing in words. “More than” makes a shortfall “at most”."""
    if reading.value is None:
        return None
    indicator = reading.indicator
    is_up = indicator.direction == Indicator.Direction.UP
    over = reading.value - target.value
    beyond = over if is_up else -over
    is_open = reading.qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN)
    gap = _gap(indicator, abs(over))
    if beyond < 0:
        if is_open:
            words = _("at most %(gap)s short") if is_up else _("at least %(gap)s over")
        else:
            words = _("%(gap)s short") if is_up else _("%(gap)s over")
        return Distance(False, words % {"gap": gap})
    if is_open and not is_up:
        return Distance(None, _("the reading says only “more than”"))
    if over == 0:
        return Distance(True, _("reached"))
    words = _("reached, %(gap)s above") if is_up else _("reached, %(gap)s below")
    return Distance(True, words % {"gap": gap})


def _gap(indicator: Indicator, difference: Decimal) -> str:
    """A difference in the indicator's unit; percents differ by points, ranks by places."""
    if indicator.form == Indicator.Form.RANK:
        return _("%(number)s places") % {"number": rounded(difference, 0)}
    multiple, word, digits = _shown_in(indicator)
    figure = rounded(difference / multiple, digits)
    if indicator.unit == "%":
        return _("%(number)s points") % {"number": figure}
    unit = " ".join(part for part in (word, unit_of(indicator)) if part)
    return f"{figure} {unit}" if get_language() == "en" else f"{figure}{unit.replace(' ', '')}"


def target_for(indicator: Indicator, reading: Reading | None) -> IndicatorTarget | None:
    """The target that a reading is held against: the first that is due on its day or later, else the last one."""
    kind = IndicatorTarget.Kind.TARGET
    targets = sorted((one for one in indicator.targets.all() if one.kind == kind), key=lambda one: one.on)
    if reading is None:
        return targets[0] if targets else None
    coming = [one for one in targets if one.on >= reading.on]
    return coming[0] if coming else (targets[-1] if targets else None)


def baseline_of(indicator: Indicator) -> IndicatorTarget | None:
    """Where it began; the targets were read with it."""
    kind = IndicatorTarget.Kind.BASELINE
    return next((one for one in indicator.targets.all() if one.kind == kind), None)


def is_press(row: Reading) -> bool:
    """Whether the press reported it, so that lists can say 报道 in one word."""
    return not row.is_sample and "报道" in row.source
