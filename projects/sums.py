"""What a list of projects comes to: how many are in each state, and the sums of their money. All of it in SQL."""

import datetime
from typing import Any

from django.db.models import Count, Q

from . import lagging
from .models import MoneyEvent, MoneyKind, Project
from .models.days import sum_of
from .models.project import ProjectQuerySet


def counts(projects: ProjectQuerySet, today: datetime.date) -> dict[str, int]:
    """How many projects are in each state, and how many are behind, stalled, or wait for the pilot office."""
    waiting = Project.objects.to_confirm().values("pk")
    by_state = {str(state): Count("pk", filter=Q(status=state)) for state in Project.Status}
    found: dict[str, int] = projects.order_by().aggregate(
        all=Count("pk"),
        behind=Count("pk", filter=Q(pk__in=lagging.behind(today, projects).values("pk"))),
        stalled=Count("pk", filter=Q(pk__in=lagging.stalled(today, projects).values("pk"))),
        waiting=Count("pk", filter=Q(pk__in=waiting)),
        **by_state,
    )
    return found


def totals(projects: ProjectQuerySet) -> dict[str, Any]:
    """The sums below the table, over exactly the rows that are found; ended projects are among them."""
    chosen = projects.order_by().values("pk")
    found: dict[str, Any] = Project.objects.filter(pk__in=chosen).aggregate(
        projects=Count("pk"),
        industrial=Count("pk", filter=Q(kind=Project.Kind.INDUSTRIAL)),
        service=Count("pk", filter=Q(kind=Project.Kind.SERVICE)),
        carriers=Count("carrier", distinct=True),
        planned_investment=sum_of("planned_investment"),
        contracted_inflow=sum_of("contracted_inflow"),
    )
    sums = {
        name: sum_of("amount", Q(kind=kind))
        for name, kind in (
            ("came_in", MoneyKind.IN),
            ("paid", MoneyKind.PAID),
            ("invested", MoneyKind.INVESTED),
        )
    }
    return found | MoneyEvent.objects.filter(project__in=chosen).aggregate(**sums)
