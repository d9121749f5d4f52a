"""Which tasks' lights have changed since a day: worse, where one is red or yellow now; better, where it was."""

import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from qdtrade.lights.levels import NO_RANK, Level

from .models import Task

IN_TROUBLE = (Level.RED, Level.YELLOW)
CHANGES = ("worse", "better")


def since(tasks: Any, day: datetime.date) -> QuerySet[Any]:
    """These tasks with their light now, and `light_before` and `rank_before` of the end of a day; without a light
    then or now nothing is said.
    """
    then: Any = Task.objects.with_light(on=day).filter(pk=OuterRef("pk"))
    found = tasks.with_light().annotate(
        light_before=Subquery(then.values("light")[:1]), rank_before=Subquery(then.values("light_rank")[:1])
    )
    rows: QuerySet[Any] = found.filter(rank_before__lt=NO_RANK, light_rank__lt=NO_RANK)
    return rows


def changed(tasks: Any, change: str, day: datetime.date) -> QuerySet[Any]:
    """Those that came into trouble or deeper into it since the end of a day, or out of it."""
    rows = since(tasks, day)
    if change == "worse":
        return rows.filter(light__in=IN_TROUBLE, light_rank__lt=F("rank_before"))
    return rows.filter(light_before__in=IN_TROUBLE, light_rank__gt=F("rank_before"))
