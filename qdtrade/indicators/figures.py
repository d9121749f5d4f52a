"""Figures as people write them: 12万, 12 万个 and 120000 are one value."""

import re
from decimal import Decimal

from .models import Indicator

MULTIPLES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
FIGURE = re.compile(r"\+?(?P<figure>-?\d+(\.\d+)?)(?P<multiple>[万亿]?)(?P<unit>\D*)")
LONGEST = 40
MOST_DIGITS = 15


class WrongFigure(ValueError):
    """A text that is no figure of the indicator."""


def figure_of(text: str, indicator: Indicator) -> Decimal:
    """The value in the base unit, however it is written: 12万, 12 万个 and 120000 are one. Raises WrongFigure."""
    plain = re.sub(r"[\s,，]", "", text).replace("−", "-").replace("％", "%").removeprefix("第")
    found = FIGURE.fullmatch(plain)
    units = {"", indicator.unit, indicator.unit_en}
    if found is None or found["unit"] not in units or len(plain) > LONGEST:
        raise WrongFigure(text)
    value = Decimal(found["figure"]) * MULTIPLES[found["multiple"]]
    if value.adjusted() >= MOST_DIGITS or value != round(value, 4):
        raise WrongFigure(text)
    return value
