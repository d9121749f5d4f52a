"""The figures of breakthroughs that bulletins quote and a frozen period keeps."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qdtrade.programmes.freezing import FigureSet, Part, figure, last_day
from qdtrade.programmes.models import Period, PeriodFigure
from qdtrade.programmes.rates import percent

from .curve import curve
from .models import Breakthrough, Level

COUNTED = {
    "recognised": Part(
        _("Recognised this year"), _("recognised by the day since the year began, not revoked")
    ),
    "in_period": Part(_("Recognised in the period"), _("of these, recognised in the period itself")),
    **{
        f"level_{level}": Part(level.label, _("of those recognised this year, at this level"))
        for level in Level
    },
    "target": Part(_("Target of the year"), _("set for the whole year")),
    "due": Part(_("Due by the end of the month"), _("by the curve of the year's target")),
    "ahead": Part(_("Ahead or behind"), _("recognised − due")),
    "share": Part(_("Share of the target"), _("recognised ÷ target of the year")),
}
WAITING = {
    "claimed": Part(_("Claimed, to be decided"), _("claimed and not decided yet; they do not count")),
    "candidates": Part(_("Candidates"), _("expected, not claimed yet or returned; they do not count")),
    "revoked": Part(_("Revoked"), _("recognised this year and revoked since; they do not count")),
}
OPENS: dict[str, dict[str, str]] = {
    "claimed": {"status": Breakthrough.Status.CLAIMED},
    "candidates": {"to_claim": "true"},
    "revoked": {"status": Breakthrough.Status.REVOKED},
}


def counted(period: Period) -> Iterator[PeriodFigure]:
    """What counts to the year's target, by the period's last day."""
    if not period.is_of_reports:
        return
    on = last_day(period)
    year = curve(period.programme, on.year, on)
    rows = Breakthrough.objects.of_programme(period.programme).counted(on).of_year(on.year)
    yield figure("recognised", year.recognised, unit="count", as_of=on)
    new = rows.filter(recognised_on__range=(period.starts_on, on)).count()
    yield figure("in_period", new, unit="count", as_of=on)
    for level in Level:
        yield figure(f"level_{level}", rows.filter(level=level).count(), unit="count", as_of=on)
    if year.total is None:
        return
    yield figure("target", year.total, unit="count", as_of=on)
    yield figure("due", year.due, unit="count", as_of=on)
    yield figure("ahead", year.ahead, unit="signed", as_of=on)
    division = {"numerator": year.recognised, "denominator": year.total}
    yield figure("share", percent(year.recognised, year.total), **division, unit="percent", as_of=on)


def waiting(period: Period) -> Iterator[PeriodFigure]:
    """What waits and what was revoked; none of it counts."""
    if not period.is_of_reports:
        return
    year = curve(period.programme, last_day(period).year)
    for part in WAITING:
        yield figure(part, getattr(year, part), unit="count")


def _rows(row: PeriodFigure) -> str:
    """The list of what counts, with the filters of the figure."""
    asked = {"programme": row.period.programme.code, "view": "all", "counted": "true"}
    asked |= {"recognised_from": f"{row.as_of.year}-01-01", "recognised_to": str(row.as_of)}
    if row.part == "in_period":
        asked["recognised_from"] = str(row.period.starts_on)
    elif row.part.startswith("level_"):
        asked["level"] = row.part.removeprefix("level_")
    elif row.part != "recognised":
        return ""
    return f"{reverse('breakthrough_list')}?{urlencode(asked)}"


def _waiting_rows(row: PeriodFigure) -> str:
    """The list of those that wait, or were revoked."""
    asked = {"programme": row.period.programme.code, "view": "all", **OPENS[row.part]}
    if row.part == "revoked":
        asked["year"] = str(last_day(row.period).year)
    return f"{reverse('breakthrough_list')}?{urlencode(asked)}"


SETS = (
    FigureSet("breakthroughs.counted", _("Breakthroughs that count"), counted, COUNTED, _rows),
    FigureSet(
        "breakthroughs.waiting",
        _("Breakthroughs that do not count"),
        waiting,
        WAITING,
        _waiting_rows,
        is_stand=True,
    ),
)
