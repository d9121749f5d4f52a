"""The columns of the lists of parts and of what was filed on them: the same on the page, on paper and in a file."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from qdtrade import clock
from qdtrade.programmes.columns import Shown
from qdtrade.programmes.exports import moment, yes_no
from qdtrade.programmes.models import Timeliness
from qdtrade.templatetags import days

from ..models import ExpectedPart, Part
from .part_tree import state_of


def _plain(name: str, heading: Any, value: Callable[[Any], Any], width: int = 14, **more: Any) -> Shown:
    """A column that the page writes in words."""
    return Shown(name, heading, value, width, drawn=False, **more)


def _state(row: Part) -> str:
    return str(state_of(row, clock.today())[1])


PART_COLUMNS: list[Shown] = [
    Shown("code", gettext_lazy("Code"), lambda row: row.task.code, 8, "task", fixed=True),
    Shown("bureau", gettext_lazy("Bureau"), lambda row: str(row.bureau), 20, "bureau", fixed=True),
    Shown("what", gettext_lazy("What is asked"), lambda row: row.what, 50, fixed=True),
    Shown("state", gettext_lazy("State"), _state, 16, "status"),
    Shown("due_on", pgettext_lazy("task", "Due date"), lambda row: row.due_on, 12, "due_on"),
    Shown("lead", gettext_lazy("Lead bureau"), lambda row: str(row.task.lead), 20, "lead"),
    Shown("title", gettext_lazy("Task"), lambda row: row.task.title, 40, "title"),
    _plain(
        "above",
        gettext_lazy("Below the part of"),
        lambda row: str(row.under.bureau) if row.under else "",
        usual=False,
    ),
    _plain(
        "field",
        gettext_lazy("Field"),
        lambda row: str(row.task.field),
        16,
        sorts="field",
        usual=False,
    ),
    _plain(
        "accept_due_on",
        gettext_lazy("To be accepted by"),
        lambda row: row.accept_due_on,
        12,
        sorts="accept_due_on",
        usual=False,
    ),
    _plain(
        "given_at", gettext_lazy("Given"), lambda row: moment(row.given_at), 20, sorts="given_at", usual=False
    ),
    _plain("accepted_at", gettext_lazy("Accepted at"), lambda row: moment(row.accepted_at), 20, usual=False),
    _plain(
        "said",
        gettext_lazy("What was said"),
        lambda row: row.closed_words,
        40,
        usual=False,
        is_text=True,
    ),
]


def _timeliness(row: ExpectedPart) -> str:
    words = [str(Timeliness(row.timeliness).label), row.exempt_words]
    return " ".join(word for word in words if word)


def _accepted_until(row: ExpectedPart) -> str:
    return days.iso(row.exception_until) if row.exception_until else ""


PART_REPORT_COLUMNS: list[Shown] = [
    Shown("period", gettext_lazy("Period"), lambda row: str(row.period), 10, "period", fixed=True),
    Shown("code", gettext_lazy("Code"), lambda row: row.task.code, 8, "task", fixed=True),
    Shown("bureau", gettext_lazy("Bureau"), lambda row: str(row.bureau), 20, "bureau", fixed=True),
    Shown("what", gettext_lazy("What is asked"), lambda row: row.part.what, 40, fixed=True),
    Shown("state", gettext_lazy("State"), lambda row: str(row.get_status_display()), 10, "status"),
    Shown("timeliness", gettext_lazy("Timeliness"), _timeliness, 20),
    Shown("text", gettext_lazy("What was done"), lambda row: row.text, 60, is_text=True),
    Shown("filed_at", gettext_lazy("Filed at"), lambda row: moment(row.filed_at), 20, "filed_at"),
    _plain("filer", gettext_lazy("Filed by"), lambda row: row.filer, 16, usual=False),
    _plain("says_done", gettext_lazy("Part done"), lambda row: yes_no(row.says_done), 8, usual=False),
    _plain("lead", gettext_lazy("Lead bureau"), lambda row: str(row.task.lead), 20, usual=False),
    _plain("title", gettext_lazy("Task"), lambda row: row.task.title, 40, usual=False, is_text=True),
    _plain("due_on", gettext_lazy("Due on"), lambda row: row.period.due_on, 12, usual=False),
    _plain("exception_until", gettext_lazy("Accepted until"), _accepted_until, 12, usual=False),
]
