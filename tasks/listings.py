"""The lists of this app whose views people keep."""

from django.utils.translation import gettext_lazy as _

from qdtrade.programmes.listing import Listing

from . import explained
from .filters import ExpectedPartFilter, ExpectedReportFilter, PartFilter, TaskFilter
from .models import ExpectedPart, ExpectedReport, Part, Task
from .views.part_screen import PART_COLUMNS, PART_REPORT_COLUMNS
from .views.screen import REPORT_COLUMNS, every_register_column

REGISTER_LIST = Listing(
    name="tasks",
    label=_("Task register"),
    url_name="task_list",
    filters=TaskFilter,
    rows=Task.objects.none,
    target="#register",
    usual_ordering="light",
    usual_order=_("Worst light first"),
    columns=every_register_column,
    explained=explained.REGISTER,
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
    explained=explained.REPORTS,
)
PART_LIST = Listing(
    name="parts",
    label=_("Parts of tasks"),
    url_name="part_list",
    filters=PartFilter,
    rows=Part.objects.none,
    target="#parts",
    usual_ordering="task",
    usual_order=_("As the register is numbered"),
    columns=lambda: PART_COLUMNS,
    explained=explained.PARTS,
)
PART_REPORT_LIST = Listing(
    name="part_reports",
    label=_("Filed on parts"),
    url_name="part_report_list",
    filters=ExpectedPartFilter,
    rows=ExpectedPart.objects.none,
    target="#part-reports",
    usual_ordering="-period",
    usual_order=_("Newest period first"),
    columns=lambda: PART_REPORT_COLUMNS,
    explained=explained.PART_REPORTS,
)
LISTINGS = (REGISTER_LIST, PART_LIST, REPORT_LIST, PART_REPORT_LIST)
