"""The filters of the lists of tasks, reports and what belongs to them, for page, API and export alike."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from qdtrade import clock
from qdtrade.programmes.filters import (
    Filters,
    NumberOf,
    OfBureau,
    OfProgramme,
    Ordering,
    Rows,
    YesNo,
    bureaus,
    periods,
    searching,
    seek,
    text_filter,
)
from qdtrade.programmes.models import Period, Timeliness

from . import sorting
from .ledger import SENT_BACK
from .models import ExpectedReport, Extension, Field, Milestone, Report, ReportFile, Task
from .sorting import REPORT_STATES

REPORT_STATE_CHOICES = [
    ("not_filed", _("not filed")),
    *((value, label) for value, label in Report.Status.choices if value in REPORT_STATES),
    ("exempt", _("exempt")),
]

REVIEW_CLOCK = [("over", _("over time")), ("today", _("due today")), ("later", _("later"))]
"""How long a submitted report may still wait for its review."""


def tasks(request: Any) -> QuerySet[Task]:
    return Task.objects.visible_to(request.user)


def fields(request: Any) -> QuerySet[Field]:
    return Field.objects.visible_to(request.user).in_order()


def search_by_task(lookup: str) -> Any:
    """A search of rows by the task that they are or belong to."""

    def search(rows: Rows, name: str, text: str) -> Rows:
        return rows.filter(**{f"{lookup}__in": Task.matching(text)}) if text.strip() else rows

    return search


def by_sample(lookup: str) -> Any:
    """Rows of whose task anything is invented, or nothing."""

    def filter_samples(rows: Rows, name: str, wanted: bool) -> Rows:
        samples = {f"{lookup}__in": Task.sampled()}
        return rows.filter(**samples) if wanted else rows.exclude(**samples)

    return filter_samples


class FieldFilter(Filters):
    """Filters of the list of fields of work."""

    programme = OfProgramme(field_name="programme")
    search = q = text_filter(searching("name"))
    ordering = Ordering(fields=("number", "name"))

    class Meta:
        model = Field
        fields: tuple[str, ...] = ()


class TaskFilter(Filters):
    """Filters of the register; `report` is the state of the report for the period opened last."""

    programme = OfProgramme(field_name="programme")
    search = q = text_filter(seek)
    field = django_filters.ModelChoiceFilter(queryset=fields, label=_("Field"))
    lead = OfBureau(queryset=bureaus, label=_("Lead bureau"))
    status = django_filters.ChoiceFilter(choices=Task.Status.choices, label=_("State"))
    report = django_filters.ChoiceFilter(
        choices=REPORT_STATE_CHOICES, method="in_report_state", label=_("This period's report")
    )
    overdue = YesNo(method="with_overdue", label=_("Overdue milestone"))
    declined = YesNo(method="that_were_declined", label=_("Declined"))
    own_choice = YesNo(label=_("Own-choice measure"))
    sample = YesNo(method=by_sample("pk"), label=_("Sample"))
    due_from = django_filters.DateFilter(field_name="due_on", lookup_expr="gte", label=_("Due from"))
    due_to = django_filters.DateFilter(field_name="due_on", lookup_expr="lte", label=_("Due to"))
    ordering = Ordering(
        fields=(
            ("code", "code"),
            ("title", "title"),
            ("status", "status"),
            ("starts_on", "starts_on"),
            ("due_on", "due_on"),
            ("forecast_on", "forecast_on"),
            ("progress", "progress"),
            ("lead__short_name", "lead"),
            ("field__number", "field"),
            ("accepted_at", "accepted_at"),
            ("baseline_due_on", "baseline_due_on"),
            ("standard", "standard"),
            ("own_choice", "own_choice"),
        ),
        counted={
            "late": sorting.lateness,
            "plan": sorting.planned,
            "milestones": sorting.milestones_done,
            "report": sorting.this_report,
            "self_light": sorting.self_light,
            "supporting": sorting.supporting,
        },
    )

    class Meta:
        model = Task
        fields: tuple[str, ...] = ()

    def in_report_state(self, rows: Rows, name: str, state: str) -> Rows:
        user = self.request.user
        this_period = Period.objects.visible_to(user).opened_last()
        expected = ExpectedReport.objects.visible_to(user).filter(
            REPORT_STATES[state], period__in=this_period
        )
        return rows.filter(pk__in=expected.values("task"))

    def that_were_declined(self, rows: Any, name: str, wanted: bool) -> Rows:
        declined: Rows = rows.declined()
        return declined if wanted else rows.exclude(pk__in=declined.values("pk"))

    def with_overdue(self, rows: Any, name: str, wanted: bool) -> Rows:
        late: Rows = rows.overdue(clock.today())
        return late if wanted else rows.exclude(pk__in=late.values("pk"))


class MilestoneFilter(Filters):
    """Filters of the roadmap."""

    programme = OfProgramme(field_name="task__programme")
    search = q = text_filter(search_by_task("task"))
    task = django_filters.ModelChoiceFilter(queryset=tasks)
    lead = OfBureau(field_name="task__lead", queryset=bureaus, label=_("Lead bureau"))
    state = django_filters.ChoiceFilter(choices=Milestone.State.choices, method="in_state")
    plan_from = django_filters.DateFilter(field_name="plan_on", lookup_expr="gte")
    plan_to = django_filters.DateFilter(field_name="plan_on", lookup_expr="lte")
    sample = YesNo(method=by_sample("task"))
    ordering = Ordering(fields=("plan_on", "forecast_on", "actual_on", "number", ("task__code", "task")))

    class Meta:
        model = Milestone
        fields: tuple[str, ...] = ()

    def in_state(self, rows: Any, name: str, state: str) -> Rows:
        today = clock.today()
        states = {
            Milestone.State.DONE: rows.filter(actual_on__isnull=False),
            Milestone.State.WAIVED: rows.filter(actual_on=None, waived_at__isnull=False),
            Milestone.State.OVERDUE: rows.overdue(today),
            Milestone.State.PENDING: rows.still_open().exclude(pk__in=rows.overdue(today).values("pk")),
        }
        found: Rows = states[Milestone.State(state)]
        return found


class ExtensionFilter(Filters):
    """Filters of the extensions; `clock=over` tells what the pilot office has left undecided too long."""

    programme = OfProgramme(field_name="task__programme")
    search = q = text_filter(search_by_task("task"))
    task = django_filters.ModelChoiceFilter(queryset=tasks)
    bureau = OfBureau(field_name="bureau", queryset=bureaus, label=_("Bureau"))
    status = django_filters.ChoiceFilter(choices=Extension.Status.choices, label=_("State"))
    clock = django_filters.ChoiceFilter(choices=REVIEW_CLOCK, method="by_clock", label=_("Decision clock"))
    sample = YesNo(method=by_sample("task"), label=_("Sample"))
    ordering = Ordering(
        fields=(
            ("task__code", "task"),
            "asked_at",
            "to_on",
            "status",
            "decide_due_on",
            ("bureau__short_name", "bureau"),
        )
    )

    class Meta:
        model = Extension
        fields: tuple[str, ...] = ()

    def by_clock(self, rows: Any, name: str, value: str) -> Rows:
        look_up = {"over": "lt", "today": "exact", "later": "gt"}[value]
        found: Rows = rows.to_decide().filter(**{f"decide_due_on__{look_up}": clock.today()})
        return found


class ExpectedReportFilter(Filters):
    """Filters of what is owed; `timeliness=missing` and `report=not_filed` tell who has not reported."""

    programme = OfProgramme(field_name="period__programme")
    search = q = text_filter(seek)
    period = django_filters.ModelChoiceFilter(queryset=periods, label=_("Period"))
    task = django_filters.ModelChoiceFilter(queryset=tasks)
    bureau = OfBureau(queryset=bureaus, label=_("Bureau"))
    field = django_filters.ModelChoiceFilter(field_name="task__field", queryset=fields, label=_("Field"))
    report = django_filters.ChoiceFilter(
        choices=REPORT_STATE_CHOICES, method="in_report_state", label=_("Report")
    )
    timeliness = django_filters.ChoiceFilter(
        choices=Timeliness.choices, method="by_timeliness", label=_("Timeliness")
    )
    filed = YesNo(method="that_are_filed", label=_("Filed"))
    exception = YesNo(method="with_exception", label=_("Exception"))
    returned = YesNo(method="that_were_returned", label=_("Returned at least once"))
    sample = YesNo(method=by_sample("task"), label=_("Sample"))
    ordering = Ordering(
        fields=(
            ("period__starts_on", "period"),
            ("period__due_on", "due_on"),
            ("task__code", "task"),
            ("bureau__short_name", "bureau"),
            ("first_submitted_at", "first_submitted_at"),
            ("task__title", "title"),
            ("task__field__number", "field"),
            ("period__grace_on", "grace_on"),
            ("exempt_reason", "exempt_reason"),
            ("exception_until", "exception_until"),
            ("report__submitted_at", "submitted_at"),
        ),
        counted={
            "report": sorting.report_state,
            "timeliness": sorting.timeliness,
            "progress": sorting.said_progress,
            "self_light": sorting.said_light,
            "next": sorting.next_day,
            "done": sorting.said("done"),
            "problems": sorting.said("problems"),
            "forecast_on": sorting.said("forecast_on"),
        },
    )

    class Meta:
        model = ExpectedReport
        fields: tuple[str, ...] = ()

    def in_report_state(self, rows: Rows, name: str, state: str) -> Rows:
        return rows.filter(REPORT_STATES[state])

    def that_are_filed(self, rows: Any, name: str, wanted: bool) -> Rows:
        found: Rows = rows.owed().filter(first_submitted_at__isnull=not wanted)
        return found

    def with_exception(self, rows: Rows, name: str, wanted: bool) -> Rows:
        return rows.filter(exception_until__isnull=not wanted)

    def that_were_returned(self, rows: Any, name: str, wanted: bool) -> Rows:
        found: Rows = rows.filter(SENT_BACK if wanted else ~SENT_BACK)
        return found

    def by_timeliness(self, rows: Any, name: str, value: str) -> Rows:
        found: Rows = rows.with_timeliness(clock.now()).filter(timeliness=value)
        return found


class ReportFilter(Filters):
    """Filters of the reports; those of the expected rows are among them, so that a list leaves in full text too."""

    programme = OfProgramme(field_name="expected__period__programme")
    search = q = text_filter(seek)
    period = django_filters.ModelChoiceFilter(
        field_name="expected__period", queryset=periods, label=_("Period")
    )
    task = django_filters.ModelChoiceFilter(field_name="expected__task", queryset=tasks)
    bureau = OfBureau(field_name="expected__bureau", queryset=bureaus, label=_("Bureau"))
    field = django_filters.ModelChoiceFilter(
        field_name="expected__task__field", queryset=fields, label=_("Field")
    )
    status = django_filters.ChoiceFilter(choices=Report.Status.choices, label=_("State"))
    report = django_filters.ChoiceFilter(
        choices=REPORT_STATE_CHOICES, method="in_report_state", label=_("Report")
    )
    filed = YesNo(method="that_are_filed", label=_("Filed"))
    exception = YesNo(method="with_exception", label=_("Exception"))
    returned = YesNo(method="that_were_returned", label=_("Returned at least once"))
    timeliness = django_filters.ChoiceFilter(
        choices=Timeliness.choices, method="by_timeliness", label=_("Timeliness")
    )
    review = django_filters.ChoiceFilter(choices=REVIEW_CLOCK, method="by_review", label=_("Review clock"))
    sample = YesNo(method=by_sample("expected__task"), label=_("Sample"))
    submitted_from = django_filters.DateFilter(
        field_name="submitted_at", lookup_expr="date__gte", label=_("Submitted from")
    )
    submitted_to = django_filters.DateFilter(
        field_name="submitted_at", lookup_expr="date__lte", label=_("Submitted to")
    )
    ordering = Ordering(
        fields=(
            ("expected__period__starts_on", "period"),
            ("expected__task__code", "task"),
            ("expected__bureau__short_name", "bureau"),
            ("status", "status"),
            ("submitted_at", "submitted_at"),
            ("review_due_on", "review_due_on"),
        )
    )

    class Meta:
        model = Report
        fields: tuple[str, ...] = ()

    def by_timeliness(self, rows: Any, name: str, value: str) -> Rows:
        found: Rows = rows.with_timeliness(clock.now()).filter(timeliness=value)
        return found

    def in_report_state(self, rows: Rows, name: str, state: str) -> Rows:
        expected = ExpectedReport.objects.visible_to(self.request.user).filter(REPORT_STATES[state])
        return rows.filter(expected__in=expected)

    def that_were_returned(self, rows: Rows, name: str, wanted: bool) -> Rows:
        expected = ExpectedReport.objects.visible_to(self.request.user).filter(SENT_BACK)
        return rows.filter(expected__in=expected) if wanted else rows.exclude(expected__in=expected)

    def by_review(self, rows: Rows, name: str, value: str) -> Rows:
        look_up = {"over": "lt", "today": "exact", "later": "gt"}[value]
        return rows.filter(**{"status": Report.Status.SUBMITTED, f"review_due_on__{look_up}": clock.today()})

    def that_are_filed(self, rows: Rows, name: str, wanted: bool) -> Rows:
        expected = ExpectedReport.objects.visible_to(self.request.user).owed()
        return rows.filter(expected__in=expected.filter(first_submitted_at__isnull=not wanted))

    def with_exception(self, rows: Rows, name: str, wanted: bool) -> Rows:
        return rows.filter(expected__exception_until__isnull=not wanted)


class EvidenceFilter(Filters):
    """Filters of the evidence."""

    programme = OfProgramme(field_name="report__expected__period__programme")
    search = q = text_filter(search_by_task("report__expected__task"))
    report = NumberOf(field_name="report")
    task = django_filters.ModelChoiceFilter(field_name="report__expected__task", queryset=tasks)
    ordering = Ordering(fields=("added_at", "name", ("blob__size", "size")))

    class Meta:
        model = ReportFile
        fields: tuple[str, ...] = ()
