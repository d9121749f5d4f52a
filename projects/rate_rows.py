"""The projects behind a rate: those that it divides by, and those among them that it counts."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    DateField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.utils.translation import pgettext_lazy

from . import measures
from .measures import Basis
from .models import Gate, Measure, Project, Rate
from .models.days import of_fen, whether
from .models.project import ProjectQuerySet
from .models.rate import STEPS


@dataclass(frozen=True)
class Behind:
    """One project behind a rate: whether it is counted, by which day, and what it adds, in yuan."""

    project: Project
    is_over: bool
    counted_on: datetime.date | None
    over: Decimal
    under: Decimal
    elapsed: Decimal | None


def behind(rows: Iterable[Any]) -> list[Behind]:
    """Some of the rows, as pages and files show them."""
    return [
        Behind(row, row.is_over, row.counted_on, of_fen(row.over_fen), of_fen(row.under_fen), _elapsed(row))
        for row in rows
    ]


def _elapsed(row: Any) -> Decimal | None:
    due = getattr(row, "elapsed_yuan", None)
    return None if due is None else Decimal(due)


class Part(TextChoices):
    """Which of the rows are asked for."""

    OVER = "numerator", pgettext_lazy("rate", "in the numerator")
    REST = "rest", pgettext_lazy("rate", "not in the numerator")


def rows(rate: Rate, projects: ProjectQuerySet, on: datetime.date, part: str = "") -> QuerySet[Project]:
    """Each project of the denominator, with what it adds to numerator and denominator, by code."""
    basis = Basis.of(rate, on)
    counted = measures.held(rate.numerator, basis)
    found = measures.cohort(projects, basis).filter(measures.held(rate.denominator, basis))
    if part == Part.OVER:
        found = found.filter(counted)
    elif part == Part.REST:
        found = found.exclude(counted) if counted else found.none()
    found = found.annotate(
        is_over=whether(counted),
        over_fen=_amount(rate.numerator, counted, basis),
        under_fen=_amount(rate.denominator, Q(), basis),
        counted_on=_day(rate.numerator, basis),
    )
    if rate.less:
        found = found.annotate(elapsed_yuan=measures.elapsed(basis))
    return found.select_related("carrier", "sector", "event", "programme").order_by("code", "pk")


def _amount(measure: str, counted: Q, basis: Basis) -> Any:
    """What one project adds to the amount of a measure, in fen."""
    whole = measures.amount_of(measure, basis)
    return (
        Case(When(counted, then=whole), default=Value(0), output_field=BigIntegerField())
        if counted
        else whole
    )


def _day(measure: str, basis: Basis) -> Any:
    """The day of the fact by which a project is counted: of its gate, or of its end; nothing for others."""
    if measure in STEPS:
        gates = Gate.objects.filter(project=OuterRef("pk"), step=measure, status=Gate.Status.CONFIRMED)
        return Subquery(gates.filter(**basis.until("fact_on", "decided_at")).values("fact_on")[:1])
    if measure in {Measure.TERMINATED, Measure.REMOVED}:
        return F("ended_on")
    if measure == Measure.SIGNED:
        return F("signed_on")
    return Value(None, output_field=DateField())
