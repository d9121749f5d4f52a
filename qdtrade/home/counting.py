"""Counting several kinds of rows by one query."""

from typing import Any

from django.db.models import Count, IntegerField, Subquery, Value
from django.db.models.functions import Coalesce

from qdtrade.accounts.models import User


def count_of(rows: Any) -> Coalesce:
    """How many rows there are, as a part of another query."""
    counted = (
        rows.order_by().values(one=Value(1)).annotate(number=Count("pk", distinct=True)).values("number")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def counts_of(user: Any, **rows: Any) -> dict[str, int]:
    """How many there are of each of these, asked at once; a part of a query stands for itself."""
    asked = {name: one if isinstance(one, Subquery) else count_of(one) for name, one in rows.items()}
    found = User.objects.filter(pk=user.pk).values(**asked)
    return dict(found[0]) if found else dict.fromkeys(rows, 0)
