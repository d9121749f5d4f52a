"""Who has not reported yet."""

from itertools import groupby
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qdtrade import clock
from qdtrade.lists import pills, query, search_pill
from qdtrade.programmes.calendar import Calendar
from qdtrade.programmes.models import Period
from tasks.filters import ExpectedReportFilter
from tasks.models import ExpectedReport
from tasks.views.register_page import report_state
from tasks.workflow import may_file_for

MOST_ROWS = 1000
"""More expected rows than any register has; what is beyond it is found by a filter."""

PILLS = ("bureau", "field")


@require_safe
def who_is_missing(request: HttpRequest, pk: int) -> HttpResponse:
    """What is owed for a period and not filed, by bureau."""
    period = get_object_or_404(Period.objects.visible_to(request.user).for_move(), pk=pk)
    scope = ExpectedReport.objects.visible_to(request.user).filter(period=period)
    data = request.GET.copy()
    data["period"] = str(period.pk)
    filters = ExpectedReportFilter(data, scope.with_timeliness(clock.now()), request=request)
    asked = filters.rows()
    owed = asked.owed()
    bureaus = _by_bureau(owed.filter(first_submitted_at=None))
    context = {
        "period": period,
        "programme": period.programme,
        "totals": owed.aggregate(
            owed=Count("pk"),
            filed=Count("pk", filter=Q(first_submitted_at__isnull=False)),
            drafts=Count("pk", filter=Q(first_submitted_at=None, report__draft__isnull=False)),
        ),
        "bureaus": bureaus,
        "to_file": {
            row.report.pk
            for _bureau, rows in bureaus
            for row, _state in rows
            if may_file_for(row.report, request.user)
        },
        "missing": sum(len(rows) for _bureau, rows in bureaus),
        "days_left": Calendar().left(clock.today(), period.due_on),
        "is_over": clock.today() > period.due_on,
        "search": search_pill(filters.form, "q", _("Code, name, bureau, report")),
        "pills": pills(filters.form, PILLS),
        "set": filters.in_use().keys() & set(PILLS),
        "without": f"?programme={period.programme.code}",
        "export": _export(request, period),
    }
    return render(request, "home/missing.html", context)


def _by_bureau(missing: Any) -> list[tuple[Any, list[Any]]]:
    """The rows of each bureau, with their states, in the order of the tree."""
    rows = missing.select_related("task", "bureau", "period", "report__draft").defer(
        "report__draft__content", "report__draft__past"
    )
    rows = rows.order_by("bureau__position", "bureau__code", "task__field__number", "task__position", "pk")
    found = [(row, report_state(row)) for row in rows[:MOST_ROWS]]
    return [(bureau, list(group)) for bureau, group in groupby(found, key=lambda pair: pair[0].bureau)]


def _export(request: HttpRequest, period: Period) -> str:
    """The file of exactly these rows: not filed, in time or not."""
    wanted = query(request, programme=period.programme.code, period=period.pk, filed="false")
    return f"{reverse('expected_reports_export')}{wanted}"
