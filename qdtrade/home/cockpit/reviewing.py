"""The clock of the reviewers: what waits, how much of it too long, and how long the reviews of the period took."""

import datetime
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from qdtrade import clock
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.rates import TENTH
from tasks.models import Report, ReportVersion

from .asked import Figure, Scope


@dataclass(frozen=True)
class Reviewing:
    """What waits for a review, how much of it too long, and how long the reviews of the period took.

    `average` is in working days, None where none was decided yet; `decided` is how many that is out of.
    """

    waiting: Figure
    over: Figure
    average: Decimal | None
    decided: int
    limit: int


def reviewing(scope: Scope) -> Reviewing:
    """The clock of the reviewers, in three questions."""
    rows = scope.owed().filter(report__status=Report.Status.SUBMITTED)
    late = Q(report__review_due_on__lt=scope.today)
    found = rows.aggregate(waiting=Count("pk"), over=Count("pk", filter=late))
    average, decided = _average(scope)
    return Reviewing(
        waiting=scope.figure(found["waiting"], "report_list", report="submitted"),
        over=scope.figure(found["over"], "report_list", review="over"),
        average=average,
        decided=decided,
        limit=scope.programme.review_days,
    )


def _average(scope: Scope) -> tuple[Decimal | None, int]:
    """Working days from the submission to the decision, of all versions decided for the period; one row per pair of
    days comes from the database.
    """
    versions = ReportVersion.objects.filter(
        report__expected__in=scope.owed().filter(period=scope.period).order_by().values("pk"),
        decided_at__isnull=False,
    )
    days = {name: TruncDate(f"{name}_at", tzinfo=clock.BEIJING) for name in ("submitted", "decided")}
    named = versions.order_by().annotate(submitted_day=days["submitted"], decided_day=days["decided"])
    pairs = list(
        named.values_list("submitted_day", "decided_day")
        .annotate(count=Count("pk"))
        .order_by("submitted_day")
    )
    return average(pairs, Calendar()) if pairs else (None, 0)


def average(
    pairs: list[tuple[datetime.date, datetime.date, int]], calendar: Calendar
) -> tuple[Decimal | None, int]:
    """The mean number of working days between two days, one decimal, and of how many it is the mean."""
    decided = sum(count for _submitted, _decided, count in pairs)
    days = sum(calendar.left(submitted, on) * count for submitted, on, count in pairs)
    return (Decimal(days) / decided).quantize(TENTH, ROUND_HALF_UP), decided
