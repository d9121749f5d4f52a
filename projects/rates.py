"""Rates, evaluated: by count and by amount, for any cohort and any day, exact until they are rounded once.

Numerators and denominators are whole numbers and decimals out of the database; what is divided is a fraction, so that
nothing is rounded on the way. A rate is rounded once, half up, to two digits (DOMAIN, figures).
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .figures import Tally, half_up
from .measures import ELAPSED, Asked, Basis, tally
from .models import Measure, Rate
from .models.project import ProjectQuerySet


@dataclass(frozen=True)
class Reading:
    """One way to read a rate: what it divides, and what is taken off where it is a difference."""

    over: Decimal
    under: Decimal
    less: Decimal | None = None

    @property
    def exact(self) -> Fraction | None:
        """In percent, or in points where it is a difference; None for an empty denominator, which is no 0 %."""
        if not self.under:
            return None
        return 100 * (Fraction(self.over) - Fraction(self.less or 0)) / Fraction(self.under)

    @property
    def value(self) -> Decimal | None:
        """Rounded once."""
        return None if self.exact is None else half_up(self.exact)

    @property
    def done(self) -> Decimal | None:
        """Of a difference, the share from which is taken off."""
        return half_up(100 * Fraction(self.over) / Fraction(self.under)) if self.under else None

    @property
    def elapsed(self) -> Decimal | None:
        """Of a difference, the share that is taken off."""
        return half_up(100 * Fraction(self.less or 0) / Fraction(self.under)) if self.under else None


@dataclass(frozen=True)
class Evaluated:
    """A rate on a day, by count (None where it has no count) and by amount in yuan."""

    rate: Rate
    on: datetime.date
    count: Reading | None
    amount: Reading


def evaluate(rates: Iterable[Rate], projects: ProjectQuerySet, on: datetime.date) -> list[Evaluated]:
    """Each rate over these projects of its own programme by this day. One query for all that share their basis."""
    together: dict[Basis, list[Rate]] = defaultdict(list)
    every = list(rates)
    for rate in every:
        together[Basis.of(rate, on)].append(rate)
    found: dict[int, Evaluated] = {}
    for basis, some in together.items():
        counted = tally(projects, (pair for rate in some for pair in _asked(rate)), basis)
        found |= {rate.pk: _evaluated(rate, counted, on) for rate in some}
    return [found[rate.pk] for rate in every]


def _asked(rate: Rate) -> list[Asked]:
    pairs = [(rate.numerator, rate.denominator), (rate.denominator, Measure.SIGNED.value)]
    return [*pairs, (ELAPSED, "")] if rate.less else pairs


def _evaluated(rate: Rate, counted: dict[tuple[int, Asked], Tally], on: datetime.date) -> Evaluated:
    over, under, *less = (counted.get((rate.programme_id, pair), Tally()) for pair in _asked(rate))
    by_count = Reading(Decimal(over.count), Decimal(under.count)) if rate.by == Rate.By.BOTH else None
    return Evaluated(rate, on, by_count, Reading(over.amount, under.amount, less[0].amount if less else None))
