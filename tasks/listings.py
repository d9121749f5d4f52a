"""The lists of this app whose views people keep."""

from django.utils.translation import gettext_lazy as _

from qdtrade.programmes.listing import Listing

from .filters import ExpectedReportFilter, TaskFilter
from .models import ExpectedReport, Task
from .views.screen import REGISTER_COLUMNS, REPORT_COLUMNS

REGISTER_LIST = Listing(
    name="tasks",
    label=_("Task register"),
    url_name="task_list",
    filters=TaskFilter,
    rows=Task.objects.none,
    target="#register",
    usual_ordering="-late",
    usual_order=_("Most overdue first"),
    columns=lambda: REGISTER_COLUMNS,
)
REPORT_LIST = Listing(
    name="reports",
    label=_("Progress reports"),
    url_name="report_list",
    filters=ExpectedReportFilter,
    rows=ExpectedReport.objects.none,
    target="#reports",
    usual_ordering="-period",
    usual_order=_("Newest period first"),
    columns=lambda: REPORT_COLUMNS,
)
LISTINGS = (REGISTER_LIST, REPORT_LIST)
