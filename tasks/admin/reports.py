"""What is owed and what was filed, in the administration."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qdtrade import clock
from qdtrade.moderation import INSPECTION, TrailAdmin, column, move_action
from qdtrade.programmes.admin.expected import EXPECTED_ACTS
from qdtrade.templatetags import days

from ..filters import ExpectedReportFilter, ReportFilter
from ..models import ExpectedReport, Report
from ..workflow import REPORT_MOVES
from . import cells


class FiledRows(TrailAdmin):
    """What expected rows and reports show alike; nobody adds or changes one by hand."""

    group = INSPECTION
    not_added = gettext_lazy(
        "Reports are not added here: opening a period makes them from the list of what is owed"
    )
    search_hint = gettext_lazy("Code, name, bureau")
    link = "title"

    def owed(self, row: Any) -> ExpectedReport:
        """The expected row that this row is, or belongs to."""
        raise NotImplementedError

    @column(gettext_lazy("Period"), ordering="period", css="nowrap")
    def period(self, row: Any) -> str:
        return str(self.owed(row).period)

    @column(gettext_lazy("Code"), ordering="task", css="code")
    def code(self, row: Any) -> str:
        return self.owed(row).task.code

    @column(gettext_lazy("Task"), css="name")
    def title(self, row: Any) -> SafeString:
        return cells.named(self.owed(row).task)

    @column(gettext_lazy("Bureau"), ordering="bureau", css="nowrap")
    def bureau(self, row: Any) -> str:
        return str(self.owed(row).bureau)

    @column(gettext_lazy("First submitted"), css="nowrap")
    def first_submitted(self, row: Any) -> str:
        return cells.filed_at(self.owed(row))

    @column(gettext_lazy("Timeliness"), css="nowrap")
    def in_time(self, row: Any) -> SafeString | str:
        return cells.in_time(row)

    def row_name(self, row: Any) -> SafeString:
        return cells.coded(self.owed(row).task)


@admin.register(Report)
class ReportAdmin(FiledRows):
    """The reports, with every move on many at once."""

    label = gettext_lazy("Progress reports")
    place = 30
    sentence = gettext_lazy(
        "The same rules as on the pages: a state changes by moves alone, and every change is recorded. "
        "A superuser without a role reviews nothing."
    )
    of_programme = "expected__period__programme"
    filters = ReportFilter
    pills = ("period", "bureau", "field")
    facets = {
        "report": gettext_lazy("State"),
        "timeliness": gettext_lazy("Timeliness"),
        "review": gettext_lazy("Review clock"),
        "sample": gettext_lazy("Sample"),
    }
    export = "reports_export"
    list_display = ("code", "title", "bureau", "period", "state", "first_submitted", "in_time", "review")
    facts = ("period", "bureau", "state", "first_submitted", "in_time", "review", "author", "submitted_at",
             "taken_by", "taken_at")  # fmt: skip
    actions = [move_action(move) for move in REPORT_MOVES.values()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        return Report.objects.visible_to(request.user).for_list().with_timeliness(clock.now()).in_order()

    def owed(self, row: Report) -> ExpectedReport:
        row.expected.timeliness = row.timeliness  # type: ignore[attr-defined]
        return row.expected

    @column(gettext_lazy("State"), ordering="status", css="nowrap")
    def state(self, row: Report) -> SafeString:
        return cells.filed(self.owed(row))

    @column(gettext_lazy("Review clock"), ordering="review_due_on", css="nowrap")
    def review(self, row: Report) -> SafeString | str:
        return cells.review_clock(row)

    def page_url(self, row: Report) -> str:
        return reverse("report", args=[row.pk])


@admin.register(ExpectedReport)
class ExpectedReportAdmin(FiledRows):
    """The ledger of what is owed: every rate divides by it."""

    label = gettext_lazy("Expected reports")
    place = 20
    sentence = gettext_lazy(
        "An exempt row stays in the ledger and leaves the denominator; one that is accepted later still counts as late."
    )
    of_programme = "period__programme"
    filters = ExpectedReportFilter
    pills = ("period", "bureau", "field")
    facets = {
        "report": gettext_lazy("State"),
        "timeliness": gettext_lazy("Timeliness"),
        "exception": gettext_lazy("Exception"),
        "sample": gettext_lazy("Sample"),
    }
    export = "expected_reports_export"
    list_display = ("code", "title", "bureau", "period", "state", "first_submitted", "in_time", "exempt",
                    "accepted_until")  # fmt: skip
    facts = ("period", "bureau", "state", "first_submitted", "in_time", "exempt", "exempt_by", "accepted_until",
             "exception_reason", "exception_by")  # fmt: skip
    actions = EXPECTED_ACTS

    def get_queryset(self, request: HttpRequest) -> QuerySet[ExpectedReport]:
        rows = ExpectedReport.objects.visible_to(request.user).for_list()
        rows = rows.select_related("report__draft", "exempt_by", "exception_by")
        rows = rows.defer("report__draft__content", "report__draft__past")
        found: QuerySet[ExpectedReport] = rows.with_timeliness(clock.now()).in_order()
        return found

    def owed(self, row: ExpectedReport) -> ExpectedReport:
        return row

    @column(gettext_lazy("State"), css="nowrap")
    def state(self, row: ExpectedReport) -> SafeString:
        return cells.filed(row)

    @column(gettext_lazy("Exempt because"))
    def exempt(self, row: ExpectedReport) -> str:
        return row.exempt_words

    @column(gettext_lazy("Accepted until"), css="nowrap")
    def accepted_until(self, row: ExpectedReport) -> str:
        return _("until %(day)s") % {"day": days.short(row.exception_until)} if row.exception_until else ""

    def page_url(self, row: ExpectedReport) -> str:
        return reverse("report", args=[row.report.pk])
