"""What lists are sorted by where no column holds it: totals and the next gate, counted by the database."""

from typing import Any

from django.db.models import F, IntegerField, OuterRef, Subquery
from django.db.models.expressions import Combinable

from .models import Gate

NEXT = Gate.objects.exclude(status=Gate.Status.CONFIRMED).filter(project=OuterRef("pk")).order_by("number")
"""The gates that a project has yet to pass, the next one first."""


def next_on(request: Any) -> Combinable:
    """The day that the next gate is planned for."""
    return Subquery(NEXT.values("plan_on")[:1])


def next_number(request: Any) -> Combinable:
    """How far a project has come: which gate is next."""
    return Subquery(NEXT.values("number")[:1], output_field=IntegerField())


def total(name: str) -> Any:
    """A running total, for rows that came with `with_money()`."""

    def sorts(request: Any) -> Combinable:
        return F(name)

    return sorts
