"""The filters at the side of a list, each choice with how many rows it would leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest

from qdtrade.errors import Words
from qdtrade.lists import query


@dataclass(frozen=True)
class Choice:
    """One value of a filter, how many rows have it, and the address that chooses it."""

    label: Words
    count: int
    url: str
    current: bool


@dataclass(frozen=True)
class Facet:
    """One filter: its name in words, the way back to all rows, and its choices."""

    label: Words
    all: Choice
    choices: list[Choice]


def facets(request: HttpRequest, filters: type[Any], scope: Any, names: Mapping[str, Words]) -> list[Facet]:
    """Each named filter of the list, counted over what the other filters leave; one query for each."""
    return [_facet(request, filters, scope, name, label) for name, label in names.items()]


def _facet(request: HttpRequest, filters: type[Any], scope: Any, name: str, label: Words) -> Facet:
    data = request.GET.copy()
    now = data.pop(name, [""])[-1]
    others = filters(data, scope, request=request)
    rows = others.rows()
    one = others.filters[name]
    values = [(str(value), label) for value, label in one.field.choices if str(value)]
    kept = {
        f"n{index}": Count("pk", filter=Q(pk__in=one.filter(rows, one.field.clean(value)).values("pk")))
        for index, (value, _label) in enumerate(values)
    }
    found = rows.order_by().aggregate(all=Count("pk"), **kept)
    whole = Choice(label, found["all"], query(request, **{name: None}), not now)
    choices = [
        Choice(words, found[f"n{index}"], query(request, **{name: value}), value == now)
        for index, (value, words) in enumerate(values)
    ]
    return Facet(label, whole, choices)
