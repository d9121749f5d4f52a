"""By which rule, and in which period, a programme's lights are judged on a day."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from qdtrade.programmes.models import Period

from .kinds import Kind
from .models import LightRule


@dataclass(frozen=True)
class Standing:
    """The version in force, and the first and last day of the period; the calendar month where no period is planned."""

    rule: LightRule
    starts_on: datetime.date
    ends_on: datetime.date


def standing(kind: Kind, programmes: Iterable[int], day: datetime.date) -> dict[int, Standing]:
    """By programme, of those that have a rule; one query."""
    around: Any = Period.objects.filter(
        programme=OuterRef("programme"), kind=OuterRef("period_kind"), starts_on__lte=day, ends_on__gte=day
    ).order_by("-starts_on")
    rules = LightRule.objects.filter(programme__in=list(programmes)).in_force(day)
    rules = rules.annotate(period_kind=kind.period_kind).annotate(
        period_from=Subquery(around.values("starts_on")[:1]), period_to=Subquery(around.values("ends_on")[:1])
    )
    return {rule.programme_id: _standing(rule, day) for rule in rules}


def _standing(rule: Any, day: datetime.date) -> Standing:
    if rule.period_from is None:
        first = day.replace(day=1)
        next_month = (first + datetime.timedelta(days=31)).replace(day=1)
        return Standing(rule, first, next_month - datetime.timedelta(days=1))
    return Standing(rule, rule.period_from, rule.period_to)
