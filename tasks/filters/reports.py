"""The filters of reports, of what is owed, and of evidence."""

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
    seek,
    text_filter,
)
from qdtrade.programmes.models import Timeliness

from .. import ledger, sorting
from ..ledger import SENT_BACK
from ..models import ExpectedReport, Report, ReportFile
from ..sorting import REPORT_STATES
from .asked import REPORT_STATE_CHOICES, REVIEW_CLOCK, by_sample, fields, search_by_task, tasks


def on_review_clock(request: Any, value: str) -> QuerySet[Report]:
    """Submitted reports whose review is over time, due today, or due later."""
    look_up = {"over": "lt", "today": "exact", "later": "gt"}[value]
    return Report.objects.visible_to(request.user).filter(
        **{"status": Report.Status.SUBMITTED, f"review_due_on__{look_up}": clock.today()}
    )


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
    owed = YesNo(method="that_are_owed", label=_("Owed"))
    filed = YesNo(method="that_are_filed", label=_("Filed"))
    exception = YesNo(method="with_exception", label=_("Exception"))
    returned = YesNo(method="that_were_returned", label=_("Returned at least once"))
    district = OfBureau(queryset=bureaus, method="with_part_of", label=_("Taking part"))
    review = django_filters.ChoiceFilter(choices=REVIEW_CLOCK, method="by_review", label=_("Review clock"))
    approved_from = django_filters.DateFilter(method="decided_from", label=_("Approved from"))
    returned_from = django_filters.DateFilter(method="decided_from", label=_("Returned from"))
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

    def that_are_owed(self, rows: Any, name: str, wanted: bool) -> Rows:
        found: Rows = rows.owed() if wanted else rows.exclude(exempt_reason="")
        return found

    def that_are_filed(self, rows: Any, name: str, wanted: bool) -> Rows:
        found: Rows = rows.owed().filter(first_submitted_at__isnull=not wanted)
        return found

    def with_exception(self, rows: Rows, name: str, wanted: bool) -> Rows:
        return rows.filter(exception_until__isnull=not wanted)

    def that_were_returned(self, rows: Any, name: str, wanted: bool) -> Rows:
        found: Rows = rows.filter(SENT_BACK if wanted else ~SENT_BACK)
        return found

    def with_part_of(self, rows: Rows, name: str, bureau: Any) -> Rows:
        return rows.filter(task__in=tasks(self.request).with_part_of(bureau).values("pk"))

    def by_review(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(pk__in=on_review_clock(self.request, value).values("expected"))

    def decided_from(self, rows: Rows, name: str, day: Any) -> Rows:
        return rows.filter(ledger.decided_since(name.removesuffix("_from"), day))

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
    owed = YesNo(method="that_are_owed", label=_("Owed"))
    filed = YesNo(method="that_are_filed", label=_("Filed"))
    exception = YesNo(method="with_exception", label=_("Exception"))
    returned = YesNo(method="that_were_returned", label=_("Returned at least once"))
    timeliness = django_filters.ChoiceFilter(
        choices=Timeliness.choices, method="by_timeliness", label=_("Timeliness")
    )
    review = django_filters.ChoiceFilter(choices=REVIEW_CLOCK, method="by_review", label=_("Review clock"))
    district = OfBureau(queryset=bureaus, method="with_part_of", label=_("Taking part"))
    approved_from = django_filters.DateFilter(method="decided_from", label=_("Approved from"))
    returned_from = django_filters.DateFilter(method="decided_from", label=_("Returned from"))
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
        return rows.filter(pk__in=on_review_clock(self.request, value).values("pk"))

    def with_part_of(self, rows: Rows, name: str, bureau: Any) -> Rows:
        return rows.filter(expected__task__in=tasks(self.request).with_part_of(bureau).values("pk"))

    def decided_from(self, rows: Rows, name: str, day: Any) -> Rows:
        decided = ledger.decided_since(name.removesuffix("_from"), day)
        found = ExpectedReport.objects.visible_to(self.request.user).filter(decided)
        return rows.filter(expected__in=found.values("pk"))

    def that_are_owed(self, rows: Rows, name: str, wanted: bool) -> Rows:
        owed = ExpectedReport.objects.visible_to(self.request.user).owed()
        return rows.filter(expected__in=owed) if wanted else rows.exclude(expected__in=owed)

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
