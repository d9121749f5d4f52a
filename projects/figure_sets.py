"""The figures of the signings that bulletins quote and a frozen period keeps."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qdtrade.programmes.freezing import FigureSet, Part, figure, last_day
from qdtrade.programmes.models import Period, PeriodFigure

from . import figures
from .models import Gate, MoneyKind, Project, Rate
from .models.project import ProjectQuerySet
from .rate_words import formula as formula_of
from .rates import Reading, evaluate

_COUNTED = _("projects that count, signed by the day")
MONEY = {
    MoneyKind.IN: _("Money in"),
    MoneyKind.PAID: _("Money paid"),
    MoneyKind.INVESTED: _("Investment completed"),
}
STANDS = {
    "signed": Part(_("Projects signed"), _COUNTED),
    "signed_amount": Part(
        _("Planned investment of the projects signed"), _("planned investment of the same")
    ),
    **{
        f"gate_{step}": Part(step.label, _("of these, those that passed this gate by the day, confirmed"))
        for step in Gate.Step
    },
    **{
        f"money_{kind}": Part(label, _("dated sums of these by the day, less counter-entries"))
        for kind, label in MONEY.items()
    },
    "terminated": Part(
        _("Projects terminated"), _("of these, terminated by the day; they stay in the whole")
    ),
    "removed": Part(_("Projects removed"), _("of these, removed by the day; they stay in the whole")),
}


def _projects(period: Period) -> ProjectQuerySet:
    return Project.objects.filter(programme=period.programme_id)


def signings(period: Period) -> Iterator[PeriodFigure]:
    """What was signed by the period's last day, and how far it has come."""
    projects, on = _projects(period), last_day(period)
    whole = figures.whole(projects, on)
    if not whole.count:
        return
    yield figure("signed", whole.count, unit="count", as_of=on)
    yield figure("signed_amount", whole.amount, unit="yuan", as_of=on)
    for step, tally in figures.passed(projects, on).items():
        yield figure(f"gate_{step}", tally.count, unit="count", as_of=on)
    for kind, amount in figures.money(projects, on).items():
        yield figure(f"money_{kind}", amount, unit="yuan", as_of=on)
    yield figure("terminated", whole.terminated, unit="count", as_of=on)
    yield figure("removed", whole.removed, unit="count", as_of=on)


def rates(period: Period) -> Iterator[PeriodFigure]:
    """Each rate in force on the period's last day, by count and by amount."""
    projects, on = _projects(period), last_day(period)
    if not figures.whole(projects, on).count:
        return
    in_force = Rate.objects.filter(programme=period.programme_id).in_force(on).in_order()
    for found in evaluate(in_force, projects, on):
        if found.count is not None:
            yield _rate(found.rate, "count", found.count, on)
        yield _rate(found.rate, "amount", found.amount, on)


def _rate(rate: Rate, by: str, reading: Reading, on: Any) -> PeriodFigure:
    return figure(
        f"{rate.code}_{by}",
        reading.value,
        by="rate",
        key=str(rate.pk),
        label=by,
        title=rate.name,
        title_en=rate.name_en,
        numerator=reading.over - (reading.less or 0),
        denominator=reading.under,
        unit="points" if rate.less else "percent",
        formula="/".join(filter(None, (rate.numerator, rate.denominator, rate.less))),
        version=f"v{rate.version}",
        as_of=on,
    )


def _signed_rows(row: PeriodFigure) -> str:
    """The list of the projects, with those that passed a gate or ended by the day."""
    asked = {"programme": row.period.programme.code, "view": "all", "signed_to": row.as_of}
    if row.part.startswith("gate_"):
        asked |= {"passed": row.part.removeprefix("gate_"), "passed_to": row.as_of}
    elif row.part.startswith("money_"):
        asked |= {"money": row.part.removeprefix("money_"), "money_to": row.as_of}
    elif row.part in Project.ENDED:
        asked["status"] = row.part
    return f"{reverse('project_list')}?{urlencode(asked)}"


def _rate_rows(row: PeriodFigure) -> str:
    """The rate's page on the day, with the projects behind it."""
    return f"{reverse('rate', args=[row.key])}?{urlencode({'on': row.as_of})}"


def _rate_formula(row: PeriodFigure) -> str:
    """What was divided by what, in the reader's language; kept by the names of the measures."""
    over, under, *less = row.formula.split("/")
    return formula_of(Rate(numerator=over, denominator=under, less="".join(less)))


SETS = (
    FigureSet("projects.signed", _("Signings"), signings, STANDS, _signed_rows),
    FigureSet("projects.rates", _("Rates of signings"), rates, url=_rate_rows, formula=_rate_formula),
)
