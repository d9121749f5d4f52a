"""How many signings had come how far by a day, and of what amounts: what rates and pictures count.

All of it is counted in SQL, over the projects it is given. Those that do not count in the figures are left out, and
those that ended stay in (DOMAIN, investment project: the cohort is fixed at signing). A gate counts from the day of
its fact, once it is confirmed; amounts are planned investments in yuan.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q

from .models import Gate, MoneyEvent, MoneyKind, Project
from .models.days import sum_of
from .models.project import ProjectQuerySet

NOTHING = Decimal("0.00")
DIGITS = 2


@dataclass(frozen=True)
class Tally:
    """A number of projects and their amount in yuan."""

    count: int = 0
    amount: Decimal = NOTHING


def cohort(projects: ProjectQuerySet, on: datetime.date) -> ProjectQuerySet:
    """Those that count, signed by this day; whatever became of them."""
    return projects.filter(countable=True, signed_on__lte=on).order_by()


def signed(projects: ProjectQuerySet, on: datetime.date) -> Tally:
    """The whole cohort."""
    return Tally(**_of_projects(cohort(projects, on)))


def ended(projects: ProjectQuerySet, status: str, on: datetime.date) -> Tally:
    """Those of the cohort that were terminated, or removed, by this day."""
    return Tally(**_of_projects(cohort(projects, on).filter(status=status, ended_on__lte=on)))


def passed(projects: ProjectQuerySet, on: datetime.date) -> dict[str, Tally]:
    """For each gate, those of the cohort that had passed it by this day."""
    rows = Gate.objects.filter(
        project__in=cohort(projects, on).values("pk"), status=Gate.Status.CONFIRMED, fact_on__lte=on
    )
    found = (
        rows.order_by()
        .values("step")
        .annotate(count=Count("pk"), amount=sum_of("project__planned_investment"))
    )
    tallies = {row["step"]: Tally(row["count"], row["amount"]) for row in found}
    return {str(step): tallies.get(step, Tally()) for step in Gate.Step}


def money(projects: ProjectQuerySet, on: datetime.date) -> dict[str, Decimal]:
    """Per kind, what the cohort's dated sums come to by this day, in yuan; counter-entries included."""
    rows = MoneyEvent.objects.filter(project__in=cohort(projects, on).values("pk"), on__lte=on)
    found = dict(rows.order_by().values_list("kind").annotate(total=sum_of("amount")))
    return {str(kind): found.get(kind, NOTHING) for kind in MoneyKind}


def _of_projects(projects: ProjectQuerySet) -> dict[str, Any]:
    chosen = Project.objects.filter(pk__in=projects.values("pk"))
    return chosen.aggregate(count=Count("pk"), amount=sum_of("planned_investment"))


@dataclass(frozen=True)
class Whole(Tally):
    """A cohort: the denominator of every share, with how many of it ended; they stay in it."""

    terminated: int = 0
    removed: int = 0


def whole(projects: ProjectQuerySet, on: datetime.date) -> Whole:
    """The cohort with how many of it were terminated and removed by this day, in one query."""
    ended = {str(status): Count("pk", filter=Q(status=status, ended_on__lte=on)) for status in Project.ENDED}
    chosen = Project.objects.filter(pk__in=cohort(projects, on).values("pk"))
    return Whole(**chosen.aggregate(count=Count("pk"), amount=sum_of("planned_investment"), **ended))


def half_up(value: Fraction, digits: int = DIGITS) -> Decimal:
    """A fraction rounded once: half up, away from zero."""
    scaled = abs(value) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if value >= 0 else -whole).scaleb(-digits)


def share(part: Decimal | int, of: Decimal | int) -> Decimal | None:
    """Percent with two digits, rounded once, half up; nothing where there is nothing to divide by."""
    if not of:
        return None
    return half_up(100 * Fraction(part) / Fraction(of))
