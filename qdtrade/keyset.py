"""Turning the pages of a long list from row to row: what comes after a row is asked for by its values, not counted out.

A page deep in a million rows costs what the first one costs, and rows that are added meanwhile shift nothing.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

Order = Sequence[str]
"""Columns that always hold something, `-` before those that run down; the last one tells any two rows apart."""


def beyond(rows: QuerySet[Any], order: Order, last: Any) -> QuerySet[Any]:
    """The rows that stand after this one in the order."""
    same, after = Q(), Q()
    for name in order:
        column, way = name.removeprefix("-"), "lt" if name.startswith("-") else "gt"
        value = getattr(last, column)
        after |= same & Q(**{f"{column}__{way}": value})
        same &= Q(**{column: value})
    first, way = order[0].removeprefix("-"), "lte" if order[0].startswith("-") else "gte"
    bound = {f"{first}__{way}": getattr(last, first)}  # alone it says nothing new, but an index can use it
    return rows.filter(after, **bound)
