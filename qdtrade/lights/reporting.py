"""The row of a ledger by which reporting is judged."""

import datetime
from typing import Any

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from qdtrade import clock

from .judging import Filed


def latest(rows: QuerySet[Any], of: str, at: datetime.datetime) -> dict[int, Filed]:
    """Of each object the latest row that is filed or past its due day, in one query; exempt ones ask for nothing.

    `of` names the field that leads from a row to its object.
    """
    due = Q(first_submitted_at__isnull=False) | Q(period__due_on__lt=clock.day_of(at))
    place: Any = Window(
        RowNumber(), partition_by=F(of), order_by=[F("period__starts_on").desc(), F("pk").desc()]
    )
    owed: Any = rows.filter(due, exempt_reason="")
    found = owed.with_timeliness(at).annotate(place=place).filter(place=1).order_by(of)
    named = (of, "period__kind", "period__starts_on", "period__due_on", "timeliness")
    return {pk: Filed(*row) for pk, *row in found.values_list(*named)}
