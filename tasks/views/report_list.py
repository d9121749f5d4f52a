"""The list of progress reports: one line per period and task that owes one."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qdtrade import clock
from qdtrade.lists import lean_page_of, list_page, pills, query, search_pill
from qdtrade.programmes.columns import chosen
from qdtrade.programmes.current import current_programme
from qdtrade.programmes.listing import opens_in, tools

from .. import evidence_zip
from ..filters import ExpectedReportFilter
from ..models import ExpectedReport
from ..models.expected import ExpectedReportQuerySet
from ..showing import report_state
from . import screen

PILLS = ("period", "bureau", "field", "report", "timeliness")


@require_GET
def report_list(request: HttpRequest) -> HttpResponse:
    """What was owed and filed, newest period first."""
    programme = current_programme(request)
    usual = opens_in(request, programme, "reports")
    if usual is not None:
        return usual
    scope = ExpectedReport.objects.visible_to(request.user).filter(period__programme=programme)
    filters = ExpectedReportFilter(request.GET, scope.with_timeliness(clock.now()), request=request)
    found = filters.rows()
    if not request.GET.get("ordering"):
        found = found.in_order()
    page = lean_page_of(request, found, lambda ids: _whole(scope, ids))
    columns = chosen(screen.REPORT_COLUMNS, request.GET)
    period = filters.form.cleaned_data.get("period")
    context = tools(request, programme, "reports", columns, PILLS) | {
        "programme": programme,
        "page": page,
        "rows": [(row, report_state(row)) for row in page],
        "search": search_pill(filters.form, "q", _("Code, name, bureau, report")),
        "pills": pills(filters.form, PILLS),
        "set": filters.in_use().keys() & set(PILLS),
        "period": period,
        "now": clock.now(),
        "bundles": evidence_zip.bureaus(request.user, period) if period else [],
        "export": f"{reverse('expected_reports_export')}{query(request, programme=programme.code)}",
        "texts": f"{reverse('reports_export')}{query(request, programme=programme.code, ordering=None)}",
        "without": query(request, **dict.fromkeys(filters.in_use().keys() - {"programme"})),
    }
    return list_page(request, "tasks/report_list.html", "tasks/_report_rows.html", context)


def _whole(scope: ExpectedReportQuerySet, ids: list[int]) -> QuerySet[ExpectedReport]:
    """The rows of a page with everything that they show."""
    return screen.with_reports(scope.filter(pk__in=ids).with_timeliness(clock.now()))
