"""The row of a ledger by which reporting is judged."""

import datetime
from typing import Any

from django.db.models import Q, QuerySet

from qdtrade import clock

from .judging import Filed


def latest(rows: QuerySet[Any], of: str, at: datetime.datetime) -> dict[int, Filed]:
    """Of each object the latest row that is filed or past its due day, in one query; exempt ones ask for nothing.

    `of` names the field that leads from a row to its object. The rows come in their order and the last one stays:
    every act asks this, and a window over them takes longer to put into words than to read them.
    """
    due = Q(first_submitted_at__isnull=False) | Q(period__due_on__lt=clock.day_of(at))
    owed: Any = rows.filter(due, exempt_reason="")
    found = owed.with_timeliness(at).order_by("period__starts_on", "pk")
    named = (of, "period__kind", "period__starts_on", "period__due_on", "timeliness")
    return {pk: Filed(*row) for pk, *row in found.values_list(*named)}
