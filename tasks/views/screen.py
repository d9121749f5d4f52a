"""The tables of the pages as files: the same rows in the same columns, with a word for every drawing."""

from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from qdtrade.programmes.exports import Column, Table, moment, yes_no
from qdtrade.programmes.models import Export, Period, Programme
from qdtrade.tables import Cell
from qdtrade.templatetags import days
from qdtrade.templatetags.words import STATE_LABELS

from ..exports import sample_columns
from ..models import ExpectedReport, Light, Report
from ..models.task import TaskQuerySet
from . import register_page
from .register_page import ReportState, Row

BEHIND = 10
"""From so many points on the register says that a task is behind its plan."""


def register(tasks: TaskQuerySet, programme: Programme, user: Any) -> Table:
    """The register as its page shows it, with this period's report."""
    period = Period.objects.visible_to(user).filter(programme=programme).opened_last().first()
    made = partial(register_page.rows, period=period, user=user)
    report = _("Report %(period)s") % {"period": period} if period else _("Report")
    columns = [*REGISTER_COLUMNS, Column(report, _report_of_task), *sample_columns(lambda row: row.task)]
    return Table(Export.What.TASKS, tasks, columns, made)


def reports(expected: QuerySet[ExpectedReport]) -> Table:
    """The list of reports as its page shows it."""
    versions = (
        "report__current",
        "report__in_force",
        "report__taken_by",
        "report__taken_for",
        "report__draft",
    )
    rows = expected.select_related(*versions).defer("report__draft__content", "report__draft__past")
    return Table(Export.What.EXPECTED_REPORTS, rows, REPORT_COLUMNS)


def _lateness(row: Row) -> str:
    if row.late:
        return f"{row.late} {row.node}"
    return _("%(points)s pts behind") % {"points": row.behind} if row.behind >= BEHIND else ""


def _milestones(row: Row) -> str:
    """In words: spreadsheets take 1/5 for a day in January."""
    milestones = row.task.milestones.all()
    done = sum(one.actual_on is not None for one in milestones)
    return _("%(done)d of %(all)d") % {"done": done, "all": len(milestones)}


def _light(value: str) -> str:
    return str(dict(Light.choices).get(value, value))


def _in_words(report: ReportState) -> str:
    return str(report.label or STATE_LABELS.get(report.code, report.code))


def _report_of_task(row: Row) -> str:
    if row.report is None:
        return str(row.task.get_status_display()) if row.task.status != "in_progress" else ""
    late = " " + _("late") if row.report.timeliness == "late" else ""
    return _in_words(row.report) + late


REGISTER_COLUMNS: list[Column] = [
    Column(gettext_lazy("Code"), lambda row: row.task.code, 8),
    Column(gettext_lazy("Measure"), lambda row: row.task.title, 40),
    Column(gettext_lazy("Own-choice measure"), lambda row: yes_no(row.task.own_choice), 10),
    Column(gettext_lazy("Lead bureau"), lambda row: str(row.task.lead), 20),
    Column(gettext_lazy("State"), lambda row: str(row.task.get_status_display()), 10),
    Column(gettext_lazy("Self-rated"), lambda row: _light(row.task.self_light), 8),
    Column(gettext_lazy("Lateness"), _lateness, 20),
    Column(gettext_lazy("Progress %"), lambda row: row.task.progress, 10),
    Column(gettext_lazy("By plan %"), lambda row: row.planned, 10),
    Column(gettext_lazy("Milestones"), _milestones, 8),
    Column(pgettext_lazy("task", "Due date"), lambda row: row.task.due_on, 12),
]


def _timeliness(row: ExpectedReport) -> str:
    words = [str(row.timeliness_words), row.exempt_reason]
    if row.exception_until:
        words.append(_("accepted until %(day)s") % {"day": days.short(row.exception_until)})
    return " ".join(word for word in words if word)


def _said(row: ExpectedReport, name: str) -> str:
    """What the version submitted last says, else the one in force."""
    version = row.report.current or row.report.in_force
    return str(version.content.get(name, "")) if version else ""


def _progress(row: ExpectedReport) -> Cell:
    try:
        return Decimal(_said(row, "progress"))
    except InvalidOperation:
        return None


def _with_whom(row: ExpectedReport) -> str:
    report = row.report
    if report.status == Report.Status.SUBMITTED:
        if report.taken_by:
            return report.taker
        return _("review by %(day)s") % {"day": days.short(report.review_due_on)}
    if report.resubmit_due_on:
        return _("resubmit by %(day)s") % {"day": days.short(report.resubmit_due_on)}
    return ""


REPORT_COLUMNS: list[Column] = [
    Column(gettext_lazy("Period"), lambda row: str(row.period), 10),
    Column(gettext_lazy("Code"), lambda row: row.task.code, 8),
    Column(gettext_lazy("Measure"), lambda row: row.task.title, 40),
    Column(gettext_lazy("Bureau"), lambda row: str(row.bureau), 20),
    Column(gettext_lazy("State"), lambda row: _in_words(register_page.report_state(row)), 10),
    Column(gettext_lazy("First submitted"), lambda row: moment(row.first_submitted_at), 20),
    Column(gettext_lazy("Timeliness"), _timeliness, 20),
    Column(gettext_lazy("Progress %"), _progress, 10),
    Column(gettext_lazy("Self-rated"), lambda row: _light(_said(row, "self_light")), 8),
    Column(gettext_lazy("With whom"), _with_whom, 20),
    *sample_columns(lambda row: row.task),
]
