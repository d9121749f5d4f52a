"""The columns of the lists: the same on the page, on paper and in a file."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade import clock, money
from qdtrade.lights.words import sentence
from qdtrade.programmes.columns import Shown, chosen
from qdtrade.programmes.exports import Table, moment, yes_no
from qdtrade.programmes.models import Export
from qdtrade.templatetags.words import light_words, listed

from .. import showing
from ..exports import sample_columns
from ..models import ExpectedUpdate, Project
from ..showing import Row


def _of(name: str) -> Any:
    return lambda row: getattr(row.project, name)


def _yi(name: str) -> Any:
    """An amount as the page shows it: in 亿元 with two digits."""

    def value(row: Row) -> Any:
        amount = getattr(row.project, name)
        return None if amount is None else money.rounded(amount, money.YI, 2)

    return value


def _extra(name: str, heading: Any, value: Any, **more: Any) -> Shown:
    """A column that a list shows only where it is chosen."""
    return Shown(name, heading, value, usual=False, drawn=False, sorts=more.pop("sorts", name), **more)


def _next(row: Row) -> str:
    return f"{row.next.get_step_display()} {row.next.plan_on or ''}".strip() if row.next else ""


PROJECT_COLUMNS: list[Shown] = [
    Shown("code", _("Code"), _of("code"), 10, "code", fixed=True),
    Shown("name", _("Project"), _of("name"), 36, "name", fixed=True),
    Shown("kind", _("Kind"), lambda row: str(row.project.get_kind_display()), 14, "kind"),
    Shown("sector", _("Sector"), lambda row: str(row.project.sector), 16, "sector"),
    Shown("carrier", _("Carrier"), lambda row: str(row.project.carrier), 20, "carrier"),
    Shown("light", _("Light"), lambda row: light_words(row.project.light), 8, "light"),
    Shown("late", _("Lateness"), lambda row: row.why, 30, "next"),
    Shown("gates", _("Gates passed"), showing.reached_words, 12, "gates"),
    Shown("status", _("State"), lambda row: str(row.project.get_status_display()), 12, "status"),
    Shown("next", _("Next gate and its plan"), _next, 22, "next"),
    Shown(
        "planned_investment", _("Planned, 亿元"), _yi("planned_investment"), 12, "planned_investment", "num"
    ),
    Shown("came_in", _("In, 亿元"), _yi("came_in"), 10, "came_in", "num"),
    Shown(
        "reasons", _("Why this light"), lambda row: sentence(row.project.light_reasons), 40, usual=False, drawn=False,
        is_text=True,
    ),
    _extra("light_on", _("Light of"), _of("light_on"), width=12, sorts=""),
    _extra("lags", _("Behind or stalled"), lambda row: row.state, width=12, sorts=""),
    _extra("event", _("Signed at"), lambda row: str(row.project.event or ""), width=20),
    _extra("signed_on", _("Signed on"), _of("signed_on"), width=12),
    _extra("officers", _("Officers of the carrier"), _of("officers"), width=20),
    _extra(
        "contracted_inflow", _("Contracted inflow, 亿元"), _yi("contracted_inflow"), width=12, css="num"
    ),
    _extra("paid", _("Paid, 亿元"), _yi("paid"), width=10, css="num"),
    _extra("invested", _("Invested, 亿元"), _yi("invested"), width=10, css="num"),
    _extra("countable", _("Counts in the figures"), lambda row: yes_no(row.project.countable), width=10),
    Shown(
        "partners", _("Partners"), lambda row: listed(row.project.partners), 30, usual=False, drawn=False,
        is_text=True,
    ),
]  # fmt: skip

UPDATE_COLUMNS: list[Shown] = [
    Shown("period", _("Period"), lambda row: str(row.period), 10, "period", fixed=True),
    Shown("code", _("Code"), lambda row: row.project.code, 10, "project", fixed=True),
    Shown("name", _("Project"), lambda row: row.project.name, 36, "name", fixed=True),
    Shown("bureau", _("Carrier"), lambda row: str(row.bureau), 20, "bureau"),
    Shown("status", _("State"), lambda row: str(row.get_status_display()), 10, "status"),
    Shown(
        "first_submitted_at", pgettext_lazy("update", "First filed"), lambda row: moment(row.first_submitted_at),
        20, "first_submitted_at",
    ),
    Shown("timeliness", _("Timeliness"), lambda row: f"{row.timeliness_words} {row.exempt_words}".strip(), 20),
    Shown(
        "text", _("What is new"), lambda row: row.text or (yes_no(True) if row.no_change else ""), 50, "text"
    ),
    Shown("next_on", _("Next gate expected on"), lambda row: row.next_on, 12, "next_on"),
    _extra("due_on", _("Due on"), lambda row: row.period.due_on, width=12),
    Shown("filer", _("Filed by"), lambda row: row.filer, 16, usual=False, drawn=False),
]  # fmt: skip


def projects(found: QuerySet[Project], asked: QueryDict) -> Table:
    """The list of projects as its page shows it."""
    marks = sample_columns(lambda row: row.project)
    columns = chosen(PROJECT_COLUMNS, asked).in_file()
    return Table(Export.What.PROJECTS, found, [*columns, *marks], partial(showing.rows, today=clock.today()))


def updates(found: QuerySet[ExpectedUpdate], asked: QueryDict) -> Table:
    """The list of updates as its page shows it."""
    marks = sample_columns(lambda row: row.project)
    return Table(Export.What.PROJECT_UPDATES, found, [*chosen(UPDATE_COLUMNS, asked).in_file(), *marks])
