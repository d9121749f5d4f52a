"""Where a running total will stand on a later day, on the pace of its last three months, and how sure that is.

The method, as the page states it. So many came in a window of days; if they come one by one and the pace holds, how
many more will come in the days that are left follows a negative binomial law: what a Poisson count tells of its own
rate, with Jeffreys' prior (the number seen and a half). The middle is the total plus the pace times the days left; the
range holds the middle four fifths of the law, so that one year in five ends outside of it. Nothing else is assumed: no
season, no rush before the year ends.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

MONTHS = 3
"""The window: so many months back from the day itself."""
FEWEST_DAYS = 28
"""A shorter window says nothing about a pace."""
TAIL = 0.1
"""What the range leaves out at each end."""
MONTH = Fraction(1461, 48)
"""The days of a month, one with another."""
MOST = 100_000


@dataclass(frozen=True)
class Forecast:
    """What a pace leads to. `seen` came in `window` days up to the day; `left` days remain."""

    total: int
    seen: int
    window: int
    left: int
    middle: Decimal
    low: int
    high: int

    @property
    def pace(self) -> Decimal:
        """How many come in a month, to one decimal."""
        return _rounded(Fraction(self.seen, self.window) * MONTH)

    @property
    def about(self) -> int:
        return int(self.middle.quantize(Decimal(1), ROUND_HALF_UP))

    def needed(self, target: int) -> Decimal:
        """How many a month the target asks for from now on, to one decimal; 0 where it is reached or no day is left."""
        return _rounded(self._needed(target))

    def more(self, target: int) -> int:
        """How many more a month than now that is, in whole ones, rounded up: 2.1 more are not had with 2."""
        lacking = self._needed(target) - Fraction(self.seen, self.window) * MONTH
        return max(0, -(-lacking.numerator // lacking.denominator))

    def _needed(self, target: int) -> Fraction:
        if target <= self.total or not self.left:
            return Fraction(0)
        return Fraction(target - self.total, self.left) * MONTH


def forecast(days: Iterable[datetime.date], *, since: datetime.date, first: datetime.date, on: datetime.date,
             until: datetime.date) -> Forecast | None:  # fmt: skip
    """What the days of single acts lead to at the end of `until`, seen from the evening of `on`.

    The total counts from `first` on; the window may reach further back, never before `since`, the first day on which
    any could have come. None where nothing has come yet, where the window is too short to tell a pace, and where no
    day is left.
    """
    came = [day for day in days if day <= on]
    opens = max(since, months_before(on, MONTHS) + datetime.timedelta(days=1))
    window, left = (on - opens).days + 1, (until - on).days
    if not came or window < FEWEST_DAYS or left <= 0:
        return None
    total, seen = sum(day >= first for day in came), sum(day >= opens for day in came)
    low, high = more_to_come(seen, window, left)
    middle = _rounded(total + Fraction(seen * left, window))
    return Forecast(total, seen, window, left, middle, total + low, total + high)


def more_to_come(seen: int, window: int, left: int) -> tuple[int, int]:
    """The range of how many more come in the days left, where so many came in the window."""
    low = high = 0
    sum_so_far = 0.0
    for number, share in enumerate(_shares(seen, window, left)):
        sum_so_far += share
        if sum_so_far < TAIL:
            low = number + 1
        if sum_so_far >= 1 - TAIL or number >= MOST:
            high = number
            break
    return low, high


def _shares(seen: int, window: int, left: int) -> Iterator[float]:
    """How likely 0, 1, 2 … more are: a negative binomial law of seen + ½ and window ÷ (window + left)."""
    shape, stays = seen + 0.5, window / (window + left)
    share, number = stays**shape, 0
    while True:
        yield share
        share *= (shape + number) / (number + 1) * (1 - stays)
        number += 1


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The same day of an earlier month, or the last one that month has."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    following = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - datetime.timedelta(days=1)).day
    return datetime.date(year, month + 1, min(day.day, last))


def _rounded(value: Fraction) -> Decimal:
    """One decimal, rounded once."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.1"), ROUND_HALF_UP)
