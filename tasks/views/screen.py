"""The columns of the register and of the list of reports: the same on the page, on paper and in a file.

The page draws what a template of its own can draw better than words; the file has a word for every drawing.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from qdtrade import clock
from qdtrade.lights.words import sentence
from qdtrade.programmes.columns import Chosen, Shown, chosen
from qdtrade.programmes.exports import Column, Table, moment, yes_no
from qdtrade.programmes.models import Export, Period, Programme
from qdtrade.tables import Cell
from qdtrade.templatetags import days
from qdtrade.templatetags.words import STATE_LABELS, light_words, listed

from .. import beside
from .. import content as contents
from ..exports import sample_columns
from ..models import ExpectedReport, Light, Report
from ..models.task import TaskQuerySet
from ..showing import ReportState, report_state
from . import register_page
from .register_page import Row


def register_columns(period: Period | None, asked: QueryDict) -> Chosen:
    """The columns of the register that the address asks for; the last one tells of this period's report."""
    return chosen(named_for(period), asked)


def named_for(period: Period | None) -> Sequence[Shown]:
    """The columns with the period in the heading of its report."""
    every = every_register_column()
    if period is None:
        return every
    is_near = period.kind == Period.Kind.MONTH and period.starts_on.year == clock.today().year
    report = _("Report %(period)s") % {"period": period.month_name if is_near else period}
    return [replace(one, heading=report) if one.name == "report" else one for one in every]


def every_register_column() -> list[Shown]:
    """The register's own columns, and those of apps above."""
    others = [
        Shown(column.name, column.heading, partial(_beside, name=column.name), 12)
        for column in beside.COLUMNS.values()
    ]
    return [*REGISTER_COLUMNS, *others]


def _beside(row: Row, name: str) -> str:
    cell = dict(row.beside)[name]
    return str(cell.words) if cell else ""


def register(tasks: TaskQuerySet, programme: Programme, user: Any, asked: QueryDict) -> Table:
    """The register as its page shows it, with this period's report, and the marks that names bear there."""
    period = Period.objects.visible_to(user).filter(programme=programme).opened_last().first()
    made = partial(register_page.rows, period=period, user=user)
    marks = [
        Column(gettext_lazy("Own-choice measure"), lambda row: yes_no(row.task.own_choice), 10),
        *sample_columns(lambda row: row.task),
    ]
    return Table(Export.What.TASKS, tasks, [*register_columns(period, asked).in_file(), *marks], made)


def reports(expected: QuerySet[ExpectedReport], asked: QueryDict) -> Table:
    """The list of reports as its page shows it."""
    marks = sample_columns(lambda row: row.task)
    columns = chosen(REPORT_COLUMNS, asked).in_file()
    return Table(Export.What.EXPECTED_REPORTS, with_reports(expected), [*columns, *marks])


def with_reports(expected: QuerySet[ExpectedReport]) -> QuerySet[ExpectedReport]:
    """With everything that a column of the list can show, drafts' texts left where they are."""
    related = (
        "task__field",
        "period",
        "bureau",
        "report__current",
        "report__in_force",
        "report__taken_by",
        "report__taken_for",
        "report__draft",
    )
    return expected.select_related(*related).defer("report__draft__content", "report__draft__past")


def _lateness(row: Row) -> str:
    if row.late:
        return f"{row.late} {row.node}"
    return _("%(points)s pts behind") % {"points": row.behind} if row.is_behind else ""


def _milestones(row: Row) -> str:
    """In words: spreadsheets take 1/5 for a day in January."""
    milestones = row.task.milestones.all()
    owed = [one for one in milestones if one.actual_on or not one.waived_at]
    done = sum(one.actual_on is not None for one in owed)
    return _("%(done)d of %(all)d") % {"done": done, "all": len(owed)}


def _light(value: str) -> str:
    return str(dict(Light.choices).get(value, value))


def _in_words(report: ReportState) -> str:
    return str(report.label or STATE_LABELS.get(report.code, report.code))


def _report_of_task(row: Row) -> str:
    if row.report is None:
        return str(row.task.get_status_display()) if row.task.status != "in_progress" else ""
    late = " " + _("late") if row.report.timeliness == "late" else ""
    return _in_words(row.report) + late


def _of_task(name: str) -> Any:
    return lambda row: getattr(row.task, name)


def _extra(name: str, heading: Any, value: Any, **more: Any) -> Shown:
    """A column that a list shows only where it is chosen."""
    return Shown(name, heading, value, usual=False, drawn=False, sorts=more.pop("sorts", name), **more)


REGISTER_COLUMNS: list[Shown] = [
    Shown("code", gettext_lazy("Code"), _of_task("code"), 8, "code", fixed=True),
    Shown("title", gettext_lazy("Measure"), _of_task("title"), 40, "title", fixed=True),
    Shown("lead", gettext_lazy("Lead bureau"), lambda row: str(row.task.lead), 20, "lead"),
    Shown("light", gettext_lazy("Light"), lambda row: light_words(row.task.light), 8, "light"),
    Shown("self_light", gettext_lazy("Self-rated"), lambda row: _light(row.task.self_light), 8, "self_light"),
    Shown("late", gettext_lazy("Lateness"), _lateness, 20, "late"),
    Shown("progress", gettext_lazy("Progress %"), _of_task("progress"), 10, "progress", "num"),
    Shown("plan", gettext_lazy("By plan %"), lambda row: row.planned, 10, "plan", is_bar=True),
    Shown("milestones", gettext_lazy("Milestones"), _milestones, 8, "milestones"),
    Shown("due_on", pgettext_lazy("task", "Due date"), _of_task("due_on"), 12, "due_on"),
    Shown("report", gettext_lazy("Report"), _report_of_task, 12, "report"),
    _extra(
        "reasons",
        gettext_lazy("Why this light"),
        lambda row: sentence(row.task.light_reasons),
        width=40,
        sorts="",
        is_text=True,
    ),
    _extra("light_on", gettext_lazy("Light of"), _of_task("light_on"), width=12, sorts=""),
    _extra("field", gettext_lazy("Field"), lambda row: str(row.task.field), width=16),
    _extra("status", gettext_lazy("State"), lambda row: str(row.task.get_status_display()), width=10),
    _extra(
        "supporting", gettext_lazy("Cooperating bureaus"), lambda row: listed(row.task.supporting), width=30
    ),
    _extra("starts_on", gettext_lazy("Starts on"), _of_task("starts_on"), width=12),
    _extra("baseline_due_on", gettext_lazy("Due, baseline"), _of_task("baseline_due_on"), width=12),
    _extra("forecast_on", gettext_lazy("Forecast"), _of_task("forecast_on"), width=12),
    _extra("accepted_at", gettext_lazy("Accepted at"), lambda row: moment(row.task.accepted_at), width=20),
    _extra("standard", gettext_lazy("Completion standard"), _of_task("standard"), width=60, is_text=True),
]


def _timeliness(row: ExpectedReport) -> str:
    words = [str(row.timeliness_words), row.exempt_words]
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
    if report.status == Report.Status.SIGN_OFF:
        return _("head of the bureau")
    if report.status == Report.Status.SUBMITTED:
        if report.taken_by:
            return report.taker
        return _("review by %(day)s") % {"day": days.short(report.review_due_on)}
    if report.resubmit_due_on:
        return _("resubmit by %(day)s") % {"day": days.short(report.resubmit_due_on)}
    return ""


REPORT_COLUMNS: list[Shown] = [
    Shown("period", gettext_lazy("Period"), lambda row: str(row.period), 10, "period", fixed=True),
    Shown("code", gettext_lazy("Code"), _of_task("code"), 8, "task", fixed=True),
    Shown("title", gettext_lazy("Measure"), _of_task("title"), 40, "title", fixed=True),
    Shown("bureau", gettext_lazy("Bureau"), lambda row: str(row.bureau), 20, "bureau"),
    Shown("state", gettext_lazy("State"), lambda row: _in_words(report_state(row)), 10, "report"),
    Shown(
        "first_submitted_at",
        gettext_lazy("First submitted"),
        lambda row: moment(row.first_submitted_at),
        20,
        "first_submitted_at",
    ),
    Shown("timeliness", gettext_lazy("Timeliness"), _timeliness, 20, "timeliness"),
    Shown("progress", gettext_lazy("Progress %"), _progress, 10, "progress", "num"),
    Shown(
        "self_light",
        gettext_lazy("Self-rated"),
        lambda row: _light(_said(row, "self_light")),
        8,
        "self_light",
    ),
    Shown("next", gettext_lazy("With whom"), _with_whom, 20, "next"),
    _extra("field", gettext_lazy("Field"), lambda row: str(row.task.field), width=16),
    _extra("due_on", gettext_lazy("Due on"), lambda row: row.period.due_on, width=12),
    _extra("grace_on", gettext_lazy("Grace until"), lambda row: row.period.grace_on, width=12),
    _extra("exempt_reason", gettext_lazy("Exempt because"), lambda row: row.exempt_words, width=30),
    _extra("exception_until", gettext_lazy("Accepted until"), lambda row: row.exception_until, width=12),
    _extra(
        "submitted_at", gettext_lazy("Submitted at"), lambda row: moment(row.report.submitted_at), width=20
    ),
    _extra("done", contents.LABELS["done"], lambda row: _said(row, "done"), width=60, is_text=True),
    _extra(
        "problems",
        contents.LABELS["problems"],
        lambda row: _said(row, "problems"),
        width=50,
        is_text=True,
    ),
    _extra(
        "forecast_on",
        contents.LABELS["forecast_on"],
        lambda row: contents.as_date(_said(row, "forecast_on")),
        width=12,
    ),
]
