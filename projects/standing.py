"""Where each project stands now: by its last confirmed gate, with those that ended as the last group."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Count, F, Min, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.translation import pgettext_lazy

from qdtrade.errors import Words

from .figures import Tally
from .models import Gate, Project
from .models.days import sum_of
from .models.project import NOT_CONFIRMED, ProjectQuerySet

ENDED = "ended"
MOST = 12
"""Cards of a group; the others are behind the way to the list."""

STANDS: dict[str, Words] = {
    str(Project.Status.SIGNED): pgettext_lazy("stand", "no gate yet"),
    **{str(step): step.label for step in Gate.Step},
    ENDED: pgettext_lazy("stand", "ended"),
}
STAND = Case(When(status__in=Project.ENDED, then=Value(ENDED)), default=F("status"), output_field=CharField())


@dataclass(frozen=True)
class Plan:
    """When a gate is planned for at the earliest, by those who have yet to pass it, and by how many."""

    first_on: datetime.date
    count: int


def tallies(projects: ProjectQuerySet) -> dict[str, Tally]:
    """How many stand where, and of what amount."""
    counted = projects.order_by().values(stand=STAND)
    found = counted.annotate(count=Count("pk"), amount=sum_of("planned_investment"))
    return {row["stand"]: Tally(row["count"], row["amount"]) for row in found}


def first_ids(projects: ProjectQuerySet, today: datetime.date, most: int = MOST) -> list[int]:
    """Of each group the ids of the first ones: the worst light, then the longest overdue, then the largest."""
    ranked = projects.worst_first(today).annotate(
        stand=STAND,
        place=Window(
            RowNumber(),
            partition_by=[STAND],
            order_by=[
                "light_rank",
                F("behind_since").asc(nulls_last=True),
                "-planned_investment",
                "code",
                "pk",
            ],
        ),
    )
    return list(ranked.filter(place__lte=most).order_by("place", "pk").values_list("pk", flat=True))


def plans(projects: ProjectQuerySet) -> dict[str, Plan]:
    """For each gate, the earliest day that projects under way have planned it for."""
    gates = Gate.objects.filter(
        project__in=projects.alive().order_by().values("pk"), status__in=NOT_CONFIRMED, plan_on__isnull=False
    )
    found = gates.order_by().values("step").annotate(first_on=Min("plan_on"), count=Count("pk"))
    return {row["step"]: Plan(row["first_on"], row["count"]) for row in found}


def total(tallies: Iterable[Tally]) -> Tally:
    """All groups together."""
    rows = list(tallies)
    amounts: Any = sum((one.amount for one in rows), Decimal(0))
    return Tally(sum(one.count for one in rows), amounts)
