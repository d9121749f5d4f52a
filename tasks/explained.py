"""What stands behind the figures of the register, of reports and of parts."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qdtrade import clock
from qdtrade.lights.filters import MEANINGS
from qdtrade.programmes.explained import (
    NAMES,
    TIMELY,
    Explained,
    Figure,
    Measured,
    Part,
    rates,
    records_below,
    records_of,
    share,
)
from qdtrade.programmes.models import Period, Programme
from qdtrade.programmes.rates import TENTH
from qdtrade.templatetags.words import grouped

from .ledger import SENT_BACK
from .models import ExpectedPart, ExpectedReport, Milestone, Report, ReportVersion, Task
from .models import Part as PartOfTask

WEIGHED = (*Task.REPORTING, Task.Status.DONE)
"""Tasks whose progress counts in the mean: those that somebody has signed for."""


def _tasks(user: Any, programme: Programme) -> QuerySet[Any]:
    return Task.objects.visible_to(user).filter(programme=programme).with_light()


def _reports(user: Any, programme: Programme) -> QuerySet[Any]:
    rows = ExpectedReport.objects.visible_to(user).filter(period__programme=programme)
    return rows.with_timeliness(clock.now())


def _parts(user: Any, programme: Programme) -> QuerySet[Any]:
    return PartOfTask.objects.visible_to(user).filter(task__programme=programme)


def _filed_on_parts(user: Any, programme: Programme) -> QuerySet[Any]:
    rows = ExpectedPart.objects.visible_to(user).filter(period__programme=programme)
    return rows.with_timeliness(clock.now())


def _records_of_reports(rows: QuerySet[Any]) -> Q:
    """Of the expected rows, their reports and every submitted version."""
    ids = rows.order_by().values("pk")
    reports = Report.objects.filter(expected__in=ids)
    versions = ReportVersion.objects.filter(report__in=reports.values("pk"))
    return records_of(rows) | records_of(reports) | records_of(versions)


def _records_of_parts(rows: QuerySet[Any]) -> Q:
    filed = ExpectedPart.objects.filter(part__in=rows.order_by().values("pk"))
    return records_of(rows) | records_of(filed)


def _leads(rows: QuerySet[Any], user: Any) -> Measured:
    number = rows.order_by().aggregate(n=Count("lead", distinct=True))["n"]
    return Measured(grouped(number), _("each lead bureau once, however many tasks it leads"))


def _mean(rows: QuerySet[Any], user: Any) -> Measured:
    """The same mean that stands below the register, with its sum and its number."""
    weighed = Q(status__in=WEIGHED)
    found = rows.order_by().aggregate(total=Sum("progress", filter=weighed), n=Count("pk", filter=weighed))
    if not found["n"]:
        return Measured("—", _("no task yet that a bureau has signed for"))
    mean = (Decimal(found["total"]) / found["n"]).quantize(TENTH, ROUND_HALF_UP)
    return Measured(f"{mean} %", f"{found['total']:,} ÷ {grouped(found['n'])} = {mean}")


def _milestones(rows: QuerySet[Any], user: Any) -> Measured:
    nodes = Milestone.objects.visible_to(user).filter(task__in=rows.order_by().values("pk"))
    nodes = nodes.exclude(actual_on=None, waived_at__isnull=False)
    found = nodes.aggregate(all=Count("pk"), done=Count("pk", filter=Q(actual_on__isnull=False)))
    done = Part(gettext_lazy("milestones done"), found["done"])
    return share(done, Part(gettext_lazy("milestones, without waived ones"), found["all"]))


def _filed_this_period(rows: QuerySet[Any], user: Any) -> Measured:
    """Of the period opened last, as the register shows it."""
    period = Period.objects.visible_to(user).filter(programme__in=rows.order_by().values("programme"))
    this = period.opened_last().first()
    owed = (
        ExpectedReport.objects.visible_to(user)
        .filter(period=this, task__in=rows.order_by().values("pk"))
        .owed()
    )
    found = owed.aggregate(all=Count("pk"), filed=Count("pk", filter=Q(first_submitted_at__isnull=False)))
    filed = Part(NAMES["filed"], found["filed"])
    measured = share(filed, Part(NAMES["owed"], found["all"]))
    return Measured(
        measured.value, f"{this}: {measured.computed}" if this else measured.computed, measured.parts
    )


REGISTER = Explained(
    rows=_tasks,
    records=records_below,
    counted=gettext_lazy("tasks of the programme"),
    figures=[
        Figure("leads", gettext_lazy("Lead bureaus"), gettext_lazy("bureaus that lead these tasks"), _leads),
        Figure(
            "progress",
            gettext_lazy("Mean progress"),
            gettext_lazy("sum of the progress ÷ tasks in progress, claimed or done"),
            _mean,
        ),
        Figure(
            "milestones",
            gettext_lazy("Milestones done"),
            gettext_lazy("milestones with a day on which they were reached ÷ all that were not waived"),
            _milestones,
        ),
        Figure(
            "filed",
            gettext_lazy("Coverage of this period"),
            gettext_lazy("reports filed ÷ (expected − exempt), of the period opened last"),
            _filed_this_period,
        ),
    ],
    meanings={
        **MEANINGS,
        ("overdue", "true"): gettext_lazy(
            "a task in progress with a milestone whose day is over, and that is neither reached nor waived"
        ),
        ("declined", "true"): gettext_lazy(
            "its lead bureau gave it back, and the pilot office has not assigned it again"
        ),
    },
)
REPORTS = Explained(
    rows=_reports,
    records=_records_of_reports,
    counted=gettext_lazy("expected reports of the programme: one for each task and period"),
    figures=rates(Count("pk", filter=SENT_BACK)),
    meanings=TIMELY,
)
PARTS = Explained(
    rows=_parts, records=_records_of_parts, counted=gettext_lazy("parts of tasks of the programme")
)
PART_REPORTS = Explained(
    rows=_filed_on_parts,
    records=records_of,
    counted=gettext_lazy("what is expected on parts of tasks: one for each part and period"),
    figures=rates(),
    meanings=TIMELY,
)
