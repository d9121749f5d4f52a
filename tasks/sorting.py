"""What lists are sorted by where no column holds it: lateness, shares and states, counted by the database."""

import datetime
from collections.abc import Callable
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    F,
    FloatField,
    Func,
    IntegerField,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable, OrderBy
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Greatest, Least

from qdtrade import clock
from qdtrade.programmes.models import Period, Timeliness

from .models import ExpectedReport, Light, Milestone, Report, Task, TaskBureau
from .models.task import TaskQuerySet

REPORT_STATES: dict[str, Q] = {
    "not_filed": Q(exempt_reason="", report__status=Report.Status.DRAFT, report__draft=None),
    "draft": Q(exempt_reason="", report__status=Report.Status.DRAFT, report__draft__isnull=False),
    "sign_off": Q(exempt_reason="", report__status=Report.Status.SIGN_OFF),
    "submitted": Q(report__status=Report.Status.SUBMITTED),
    "returned": Q(report__status=Report.Status.RETURNED),
    "reopened": Q(report__status=Report.Status.REOPENED),
    "approved": Q(report__status=Report.Status.APPROVED),
    "exempt": ~Q(exempt_reason=""),
}
"""How far the report of an expected row is, as lists show it."""

WORST_FIRST = ("returned", "reopened", "not_filed", "draft", "sign_off", "submitted", "approved", "exempt")
LIGHTS = (Light.RED, Light.YELLOW, Light.GREEN, Light.BLUE)
IN_TIME = (Timeliness.MISSING, Timeliness.LATE, Timeliness.DUE, Timeliness.ON_TIME, Timeliness.EXEMPT)


class DayNumber(Func):
    """A day as a number, so that days can be counted and divided alike on both databases."""

    output_field = FloatField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, template="julianday(%(expressions)s)", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        since = "(%(expressions)s - DATE '1970-01-01')::double precision"
        return super().as_sql(compiler, connection, template=since, **extra)


def lateness(request: Any) -> Combinable:
    """Days since the planned day of a running task's milestone that is overdue for longest; nothing where none is."""
    today = clock.today()
    late = Milestone.objects.filter(
        task=OuterRef("pk"),
        task__status=Task.Status.IN_PROGRESS,
        actual_on=None,
        waived_at=None,
        plan_on__lt=today,
    )
    since = Subquery(late.order_by("plan_on").values("plan_on")[:1], output_field=DateField())
    return _day(today) - DayNumber(since)


def planned(request: Any) -> Combinable:
    """The share of the task's time that has passed (序时进度)."""
    begins = DayNumber(F("starts_on"))
    passed = _day(clock.today()) - begins + 1.0
    whole = DayNumber(F("due_on")) - begins + 1.0
    return Greatest(Value(0.0), Least(Value(1.0), passed / whole))


def riskiest_first(tasks: TaskQuerySet) -> TaskQuerySet:
    """The worst light first; under one light what is overdue for longest, then what is furthest behind its plan."""
    points = planned(None) * 100.0 - Cast("progress", FloatField())
    behind = Case(When(status__in=Task.REPORTING, then=points), default=None, output_field=FloatField())
    lit: Any = tasks.with_light()
    late: Any = lateness(None)
    rows: TaskQuerySet = lit.order_by(
        "light_rank",
        OrderBy(late, descending=True, nulls_last=True),
        OrderBy(behind, descending=True, nulls_last=True),
        "field__number",
        "position",
        "code",
        "pk",
    )
    return rows


def milestones_done(request: Any) -> Combinable:
    """The share of the task's milestones that are done."""
    done = Count("pk", filter=Q(actual_on__isnull=False))
    share = Milestone.objects.filter(task=OuterRef("pk")).order_by().values("task")
    return Subquery(share.annotate(share=done * 1.0 / Count("pk")).values("share"), output_field=FloatField())


def supporting(request: Any) -> Combinable:
    """The first of the cooperating bureaus by name."""
    links = TaskBureau.objects.filter(task=OuterRef("pk"), part=TaskBureau.Part.SUPPORT).order_by()
    return Subquery(links.values("task").annotate(first=Min("bureau__short_name")).values("first"))


def this_report(request: Any) -> Combinable:
    """How far the report for the period opened last is, what waits for its bureau first."""
    periods = Period.objects.visible_to(request.user).opened_last()
    expected = ExpectedReport.objects.filter(task=OuterRef("pk"), period__in=periods).order_by()
    return Subquery(expected.annotate(rank=report_state(request)).values("rank")[:1])


def report_state(request: Any) -> Case:
    """How far the report of an expected row is."""
    return _ranked(REPORT_STATES[name] for name in WORST_FIRST)


def timeliness(request: Any) -> Case:
    """Whether it was in time, for rows that came with `with_timeliness()`."""
    return _ranked(Q(timeliness=value) for value in IN_TIME)


def self_light(request: Any) -> Case:
    """How the bureau rates its task."""
    return _ranked(Q(self_light=light) for light in LIGHTS)


def said_light(request: Any) -> Case:
    """How the report rates the task: the version submitted last, else the one in force."""
    current = "report__current__content__self_light"
    in_force = "report__in_force__content__self_light"
    return _ranked(
        Q(**{current: light}) | Q(**{"report__current": None, in_force: light}) for light in LIGHTS
    )


def said_progress(request: Any) -> Coalesce:
    """The progress that the report claims."""
    return Coalesce("report__current__progress", "report__in_force__progress")


def said(name: str) -> Callable[[Any], Combinable]:
    """A field of what the report says, as text; a date among them sorts as one."""

    def sorts(request: Any) -> Combinable:
        return Coalesce(KT(f"report__current__content__{name}"), KT(f"report__in_force__content__{name}"))

    return sorts


def next_day(request: Any) -> Coalesce:
    """By when the reviewer or the bureau has to act."""
    return Coalesce("report__review_due_on", "report__resubmit_due_on")


def _ranked(conditions: Any) -> Case:
    cases = [When(condition, then=Value(place)) for place, condition in enumerate(conditions)]
    return Case(*cases, default=None, output_field=IntegerField(null=True))


def _day(day: datetime.date) -> DayNumber:
    return DayNumber(Value(day, output_field=DateField()))
