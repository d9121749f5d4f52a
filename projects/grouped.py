"""The same figures by what signings have in common, and over time: what the pictures draw and the tables behind them.

Everything is counted in SQL over the cohort of `figures`; here the counts are put beside each other.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, DateField, F, Q, QuerySet
from django.db.models.functions import Trunc

from qdtrade.programmes.models import Timeliness

from .figures import Tally, cohort
from .models import ExpectedUpdate, Gate, MoneyEvent, MoneyKind, Project
from .models.days import sum_of
from .models.project import ProjectQuerySet

Dated = tuple[datetime.date, Tally]


@dataclass
class Group:
    """What a sector, a carrier or an event has promised and done; `key` is its id, None for those without one."""

    key: int | None
    signed: Tally
    ended: int = 0
    passed: dict[str, Tally] = field(default_factory=dict)
    money: dict[str, Decimal] = field(default_factory=dict)


def rows(projects: ProjectQuerySet, name: str, on: datetime.date) -> QuerySet[Any]:
    """A row for each group of the cohort, the largest amount first."""
    chosen = Project.objects.filter(pk__in=cohort(projects, on).values("pk")).order_by()
    counted = chosen.values(key=F(name)).annotate(
        count=Count("pk"),
        amount=sum_of("planned_investment"),
        ended=Count("pk", filter=Q(status__in=Project.ENDED, ended_on__lte=on)),
    )
    return counted.order_by("-amount", "key")


def groups(
    projects: ProjectQuerySet, name: str, on: datetime.date, found: Iterable[dict[str, Any]]
) -> list[Group]:
    """The groups of these rows with the gates they passed and their money: two more queries, however many they are."""
    lines = {row["key"]: Group(row["key"], Tally(row["count"], row["amount"]), row["ended"]) for row in found}
    ids = cohort(projects, on).values("pk")
    gates = Gate.objects.filter(project__in=ids, status=Gate.Status.CONFIRMED, fact_on__lte=on).order_by()
    steps: Any = gates.values("step", key=F(f"project__{name}"))
    for row in steps.annotate(count=Count("pk"), amount=sum_of("project__planned_investment")):
        if row["key"] in lines:
            lines[row["key"]].passed[row["step"]] = Tally(row["count"], row["amount"])
    sums = MoneyEvent.objects.filter(project__in=ids, on__lte=on).order_by()
    kinds: Any = sums.values("kind", key=F(f"project__{name}"))
    for row in kinds.annotate(total=sum_of("amount")):
        if row["key"] in lines:
            lines[row["key"]].money[row["kind"]] = row["total"]
    return list(lines.values())


def updates(projects: ProjectQuerySet, now: datetime.datetime, on: datetime.date) -> QuerySet[Any]:
    """What is owed on the cohort, with its timeliness."""
    owed = ExpectedUpdate.objects.filter(project__in=cohort(projects, on).values("pk")).owed()
    return owed.with_timeliness(now).order_by()


def timeliness(rows: QuerySet[Any], **of: Any) -> dict[Any, dict[str, int]]:
    """How many updates came in time, came late and are missing: by these keys, or of all where none is given."""
    counted = {str(one): Count("pk", filter=Q(timeliness=one)) for one in SETTLED}
    if not of:
        return {None: rows.aggregate(**counted)}
    return {row.pop("key"): row for row in rows.values(**of).annotate(**counted)}


SETTLED = (Timeliness.ON_TIME, Timeliness.LATE, Timeliness.MISSING)
"""What has been decided about an update; one that can still come in time counts nowhere."""


def signed_over(projects: ProjectQuerySet, on: datetime.date, span: str = "day") -> list[Dated]:
    """What was signed, day by day, or month by month, in order of time."""
    chosen = Project.objects.filter(pk__in=cohort(projects, on).values("pk"))
    return _dated(chosen, "signed_on", span, "planned_investment")


def passed_over(projects: ProjectQuerySet, step: str, on: datetime.date, span: str = "day") -> list[Dated]:
    """What passed this gate, by the days of the facts."""
    gates = Gate.objects.filter(
        project__in=cohort(projects, on).values("pk"),
        step=step,
        status=Gate.Status.CONFIRMED,
        fact_on__lte=on,
    )
    return _dated(gates, "fact_on", span, "project__planned_investment")


def money_over(
    projects: ProjectQuerySet, on: datetime.date, span: str = "day"
) -> dict[str, list[tuple[datetime.date, Decimal]]]:
    """What came in, was paid and was invested, by the days of the sums."""
    sums = MoneyEvent.objects.filter(project__in=cohort(projects, on).values("pk"), on__lte=on).order_by()
    found: dict[str, list[tuple[datetime.date, Decimal]]] = {str(kind): [] for kind in MoneyKind}
    days: Any = sums.values("kind", at=_span("on", span))
    for row in days.annotate(total=sum_of("amount")).order_by("at"):
        found[row["kind"]].append((row["at"], row["total"]))
    return found


def _span(day: str, span: str) -> Any:
    """The day itself, or the first one of its month or year."""
    return F(day) if span == "day" else Trunc(day, span, output_field=DateField())


def _dated(rows: QuerySet[Any], day: str, span: str, amount: str) -> list[Dated]:
    counted = (
        rows.order_by()
        .values(at=_span(day, span))
        .annotate(count=Count("pk"), amount=sum_of(amount))
        .order_by("at")
    )
    return [(row["at"], Tally(row["count"], row["amount"])) for row in counted]
