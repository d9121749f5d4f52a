"""A figure in words: its value with its unit, the division behind it, and the formula."""

from decimal import Decimal

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from qdtrade import money
from qdtrade.templatetags import days

from .freezing import COUNT, DAYS, PERCENT, POINTS, SETS, SIGNED, YUAN, FigureSet
from .models import PeriodFigure

GAP = "\N{NO-BREAK SPACE}"


def label(figure: PeriodFigure) -> str:
    """What the figure is called: by its set in the reader's language, else as it was called when it was counted."""
    known = _set_of(figure)
    part = known.parts.get(figure.part) if known else None
    if part is not None:
        return str(part.label)
    is_english = get_language() == "en" and figure.title_en
    return (figure.title_en if is_english else figure.title) or figure.part


def formula(figure: PeriodFigure) -> str:
    """How it is computed, and by which version of a rule."""
    known = _set_of(figure)
    part = known.parts.get(figure.part) if known else None
    words = str(part.formula) if part else known.formula(figure) if known else figure.formula
    return f"{words} ({figure.version})" if figure.version else words


def url(figure: PeriodFigure) -> str:
    """The list with its rows; nothing where there is none, or nothing to show."""
    known = _set_of(figure)
    return known.url(figure) if known and (figure.value or figure.words) else ""


def value(figure: PeriodFigure) -> str:
    """The value as it is quoted: a number alone where it counts, else with its unit; a dash where there is none."""
    if figure.words:
        return f"{_qualified(figure.qualifier)}{figure.words}"
    if figure.value is None:
        return days.NONE
    return f"{_qualified(figure.qualifier)}{_number(figure, figure.value)}"


def division(figure: PeriodFigure) -> str:
    """What is divided by what, where the figure divides."""
    if figure.denominator is None:
        return ""
    over, under = figure.numerator or Decimal(0), figure.denominator
    if max(abs(over), abs(under)) >= money.YI:
        return f"{money.yi(over)} ÷ {_yuan(under)}"
    return f"{_plain(over)} ÷ {_plain(under)}"


def _yuan(amount: Decimal) -> str:
    unit = _("100 million yuan")
    return f"{money.yi(amount)}{GAP}{unit}"


def _number(figure: PeriodFigure, number: Decimal) -> str:
    rounded = f"{number:,.{figure.digits}f}"
    if figure.unit == COUNT:
        return rounded
    if figure.unit == SIGNED:
        return f"{number:+,.{figure.digits}f}"
    if figure.unit == PERCENT:
        return f"{rounded}%"
    if figure.unit == YUAN:
        return _yuan(number)
    if figure.unit == POINTS:
        return pgettext("figure", "%(number)s points") % {"number": f"{number:+,.{figure.digits}f}"}
    if figure.unit == DAYS:
        return ngettext("%(days)d day", "%(days)d days", int(number)) % {"days": int(number)}
    return f"{rounded}{GAP}{figure.unit}" if figure.unit else rounded


def _qualified(qualifier: str) -> str:
    words = {
        "at_least": pgettext("figure", "at least "),
        "more_than": pgettext("figure", "more than "),
        "about": pgettext("figure", "about "),
    }
    return words.get(qualifier, "")


def _plain(number: Decimal) -> str:
    """Without digits that say nothing."""
    return f"{number:,.0f}" if number == number.to_integral_value() else f"{number:,.2f}"


def _set_of(figure: PeriodFigure) -> FigureSet | None:
    return SETS.get(figure.name)
