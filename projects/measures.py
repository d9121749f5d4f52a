"""Which projects of a cohort a rate counts, and with which amounts: for the figure and for its rows alike."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from qdtrade import clock

from . import plans
from .figures import Tally
from .models import Gate, Measure, MoneyEvent, Project, Rate
from .models.days import fen, of_fen
from .models.money import MoneyEventQuerySet
from .models.project import ProjectQuerySet
from .models.rate import MONEY, STEPS, Exclusion

ELAPSED = "elapsed"
"""What the plan asks for by the day, beside the measures."""

Asked = tuple[str, str]
"""A measure, and the one within whose projects it is counted: a chain never counts what its denominator lost."""

LEFT_OUT = {
    Exclusion.UNCOUNTABLE: Q(countable=False),
    Exclusion.SERVICE: Q(kind=Project.Kind.SERVICE),
    Exclusion.INDUSTRIAL: Q(kind=Project.Kind.INDUSTRIAL),
}


@dataclass(frozen=True)
class Basis:
    """What rates must have in common to be counted together: cohort, cut-off, exclusions, and the day."""

    cohort: str
    cut_off: str
    exclusions: frozenset[str]
    on: datetime.date

    @classmethod
    def of(cls, rate: Rate, on: datetime.date) -> "Basis":
        return cls(rate.cohort, rate.cut_off, frozenset(rate.exclusions), on)

    def until(self, day: str, moment: str) -> dict[str, Any]:
        """What was a fact by the day, or confirmed by its end."""
        if self.cut_off == Rate.CutOff.FACT:
            return {f"{day}__lte": self.on}
        return {f"{moment}__lt": clock.end_of(self.on)}


def cohort(projects: ProjectQuerySet, basis: Basis) -> ProjectQuerySet:
    """The projects signed by the day that the rate does not leave out; whatever became of them."""
    rows = Project.objects.filter(pk__in=projects.order_by().values("pk"), signed_on__lte=basis.on)
    if basis.cohort == Rate.Cohort.YEAR:
        rows = rows.filter(signed_on__year=basis.on.year)
    for one in sorted(basis.exclusions):
        rows = rows.exclude(LEFT_OUT[Exclusion(one)])
    return rows


def held(measure: str, basis: Basis) -> Q:
    """The projects of the cohort that a measure counts."""
    ended = Q(ended_at__isnull=False) & Q(**basis.until("ended_on", "ended_at"))
    if measure == Measure.SIGNED:
        return Q()
    if measure == Measure.PERFORMING:
        return ~ended
    if measure in {Measure.TERMINATED, Measure.REMOVED}:
        return ended & Q(status=measure)
    if measure == Measure.INFLOW:
        return Q(contracted_inflow__isnull=False)
    if measure in MONEY:
        return Q(pk__in=_with_money(measure, basis))
    assert measure in STEPS
    passed = Gate.objects.filter(step=measure, status=Gate.Status.CONFIRMED)
    return Q(pk__in=passed.filter(**basis.until("fact_on", "decided_at")).values("project"))


def sums(basis: Basis, *kinds: str) -> MoneyEventQuerySet:
    """The dated sums of these kinds by the day, counter-entries among them."""
    return MoneyEvent.objects.filter(kind__in=kinds, **basis.until("on", "added_at")).order_by()


def _with_money(kind: str, basis: Basis) -> QuerySet[Any]:
    """The projects of which more came than was taken back."""
    totals = sums(basis, kind).values("project").annotate(total=Sum(fen("amount")))
    return totals.filter(total__gt=0).values("project")


def amount_of(measure: str, basis: Basis) -> Combinable:
    """What one project adds to the amount of a measure, in fen."""
    if measure in MONEY:
        return sums(basis, measure).fen_of_project()
    return Coalesce(fen("contracted_inflow" if measure == Measure.INFLOW else "planned_investment"), Value(0))


def elapsed(basis: Basis) -> Combinable:
    """What the plan asks a project for by the day, in yuan."""
    return plans.asked_by(basis.on, ["planned_investment"])


def tally(projects: ProjectQuerySet, asked: Iterable[Asked], basis: Basis) -> dict[tuple[int, Asked], Tally]:
    """Each measure of each programme's cohort, in one query whatever their number."""
    pairs, found = sorted(set(asked)), dict[str, Any]()
    for place, (measure, within) in enumerate(pairs):
        if measure == ELAPSED:
            found[f"amount{place}"] = Sum(elapsed(basis), default=0)
            continue
        counted = (held(measure, basis) & held(within, basis)) or None
        found[f"count{place}"] = Count("pk", filter=counted)
        found[f"amount{place}"] = Sum(amount_of(measure, basis), filter=counted, default=0)
    rows: Any = cohort(projects, basis).values("programme").order_by().annotate(**found)
    return {
        (row["programme"], pair): _tally(row, place, pair[0])
        for row in rows
        for place, pair in enumerate(pairs)
    }


def _tally(row: dict[str, Any], place: int, measure: str) -> Tally:
    amount = row[f"amount{place}"]
    if measure == ELAPSED:
        return Tally(0, Decimal(int(amount)))
    return Tally(row[f"count{place}"], of_fen(amount))
