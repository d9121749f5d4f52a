"""Reports: what of a period was filed, the rates of its ledger, and those of the periods before."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from qdtrade.charts import stack, trend
from qdtrade.charts.trend import Trend
from qdtrade.programmes.explained import OVER
from qdtrade.programmes.ledgers import Line, counts_of
from qdtrade.programmes.models import Period
from qdtrade.programmes.rates import RATES, Rate, rates_of
from tasks.ledger import LEDGER
from tasks.sorting import REPORT_STATES

from .asked import Figure, Picture, Scope

PERIODS = 5
ROOM = 1000
ON_TIME = [rate.name for rate in RATES].index("timeliness")
"""Its place among the rates of a period."""
PICTURES = {"side": (480, 132), "hand": (340, 132)}


@dataclass(frozen=True)
class Piece:
    """A part of what is owed, by how far it is."""

    name: str
    figure: Figure
    drawn: stack.Piece


@dataclass(frozen=True)
class Shown:
    """A rate with what it divides: its rows, and those of its denominator."""

    rate: Rate
    value: Decimal | None
    over: Figure
    under: Figure


@dataclass(frozen=True)
class Past:
    """A period with its rates; none of them where nothing was owed."""

    period: Period
    values: list[Decimal | None]


@dataclass(frozen=True)
class Reporting:
    """The panel; `line` are the counts of the shown period."""

    line: Line
    owed: Figure
    filed: Figure
    missing: Figure
    exempt: Figure
    pieces: list[Piece]
    rates: list[Shown]
    trend: list[Past]
    pictures: dict[str, Trend]

    @property
    def words(self) -> Picture:
        """What the picture of the trend is, for whoever does not see it."""
        values = [(past.period, past.values[ON_TIME]) for past in self.trend]
        said = [f"{period} {value} %" if value is not None else f"{period} —" for period, value in values]
        return Picture("trend", _("On time, period by period"), _("; ").join(said))


def reporting(scope: Scope, periods: list[Period]) -> Reporting | None:
    """The panel of the shown period, in two questions; `periods` are all that have opened, the last one first."""
    if scope.period is None:
        return None
    shown = scope.period
    before = [one for one in periods if one.starts_on <= shown.starts_on and not one.is_running][:PERIODS]
    rows = scope.owed()
    counts = counts_of(LEDGER, rows, [shown, *before])
    line = counts[shown.pk]
    past = [Past(one, [value for _rate, value in rates_of(counts[one.pk])]) for one in reversed(before)]
    return Reporting(
        line=line,
        owed=_figure(scope, line["owed"], owed="true"),
        filed=_figure(scope, line["filed"], filed="true"),
        missing=_figure(scope, line["owed"] - line["filed"], filed="false"),
        exempt=_figure(scope, line["exempt"], timeliness="exempt"),
        pieces=_pieces(scope, rows, line),
        rates=[_shown(scope, rate, value, line) for rate, value in rates_of(line)],
        trend=past,
        pictures={name: _drawn(past, *size) for name, size in PICTURES.items()},
    )


def _figure(scope: Scope, count: int, **asked: Any) -> Figure:
    assert scope.period is not None
    return scope.figure(count, "report_list", period=scope.period.pk, **asked)


def _shown(scope: Scope, rate: Rate, value: Decimal | None, line: Line) -> Shown:
    over, under = (_figure(scope, line[name], **OVER[name]) for name in (rate.over, rate.under))
    return Shown(rate, value, over, under)


PIECES: dict[str, dict[str, str]] = {
    "filed": {"filed": "true"},
    "sign_off": {"filed": "false", "report": "sign_off"},
    "draft": {"filed": "false", "report": "draft"},
    "untouched": {"filed": "false", "report": "not_filed"},
}
"""Together all that is owed, from what is done to what is not begun."""


def _pieces(scope: Scope, rows: Any, line: Line) -> list[Piece]:
    waiting = rows.filter(period=scope.period).owed().not_filed()
    states = {name: asked["report"] for name, asked in PIECES.items() if "report" in asked}
    counts = {"filed": line["filed"]} | waiting.aggregate(
        **{name: Count("pk", filter=REPORT_STATES[state]) for name, state in states.items()}
    )
    drawn = stack.draw([counts[name] for name in PIECES], ROOM)
    return [
        Piece(name, _figure(scope, counts[name], **asked), piece)
        for (name, asked), piece in zip(PIECES.items(), drawn, strict=True)
        if counts[name]
    ]


def _drawn(past: list[Past], width: int, height: int) -> trend.Trend:
    """On-time rates."""
    points = [(one.period.month_name, one.values[ON_TIME]) for one in past]
    return trend.draw(points, width=width, height=height)
