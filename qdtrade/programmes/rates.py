"""Shares in percent: computed from unrounded counts, rounded once, half up (DOMAIN, figures)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from qdtrade.errors import Words

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Rate:
    """A rate of a ledger: the counts that it divides, and its formula in words."""

    name: str
    label: Words
    over: str
    under: str
    formula: Words


RATES = (
    Rate("coverage", _("Coverage"), "filed", "owed", _("filed ÷ (expected − exempt)")),
    Rate(
        "timeliness",
        _("On time"),
        "on_time",
        "owed",
        _("first submitted by the due date ÷ (expected − exempt)"),
    ),
    Rate("returned", _("Returned"), "sent_back", "filed", _("returned at least once ÷ filed")),
)
"""The rates of a period (DOMAIN, reporting period): they divide by what was owed, never by what came in."""


def percent(part: int, whole: int) -> Decimal | None:
    """The share in percent with one decimal; None for an empty denominator, which is no 0 %."""
    if not whole:
        return None
    return (Decimal(100 * part) / whole).quantize(TENTH, ROUND_HALF_UP)


def rates_of(line: dict[str, Any]) -> list[tuple[Rate, Decimal | None]]:
    """Each rate with its value for the counts of one line; None also where a frozen line did not keep its counts."""
    return [
        (rate, percent(line[rate.over], line[rate.under]) if rate.over in line else None) for rate in RATES
    ]
