"""By which rule, and in which period, a programme's lights are judged on a day."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from qdtrade.programmes.models import Period

from .kinds import Kind
from .models import LightRule


@dataclass(frozen=True)
class Span:
    """The first and the last day of a period."""

    starts_on: datetime.date
    ends_on: datetime.date


def rules_on(day: datetime.date, programmes: Iterable[int]) -> dict[int, LightRule]:
    """The version in force, by programme, of those that have a rule; in one plain query, for every act asks it."""
    begun = Q(valid_from__lte=day) | Q(version=1)
    rows = LightRule.objects.filter(begun, programme__in=list(programmes)).order_by("version")
    return {rule.programme_id: rule for rule in rows}


def periods_on(day: datetime.date, kind: Kind, programmes: Iterable[int]) -> dict[int, Span]:
    """The period around a day, by programme; the calendar month where none is planned."""
    asked = list(programmes)
    around: Any = Period.objects.filter(
        programme__in=asked, kind=kind.period_kind, starts_on__lte=day, ends_on__gte=day
    )
    planned = {row.programme_id: Span(row.starts_on, row.ends_on) for row in around.order_by("pk")}
    return dict.fromkeys(asked, _month(day)) | planned


def _month(day: datetime.date) -> Span:
    first = day.replace(day=1)
    next_month = (first + datetime.timedelta(days=31)).replace(day=1)
    return Span(first, next_month - datetime.timedelta(days=1))
