"""The columns of the list of breakthroughs: the same on the page, on paper and in a file."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade.programmes.columns import Shown, chosen
from qdtrade.programmes.exports import Column, Table, moment, yes_no
from qdtrade.programmes.models import Export

from .models import Breakthrough


def _claimed(name: str) -> Any:
    """A text of the claim at hand."""
    return lambda row: (row.current.content.get(name) or "") if row.current else ""


def _level(row: Breakthrough) -> str:
    return str(row.get_level_display()) if row.level else ""


BREAKTHROUGH_COLUMNS: list[Shown] = [
    Shown("code", _("Code"), lambda row: row.task.code, 10, "code", fixed=True),
    Shown("title", _("Task"), lambda row: row.task.title, 40, "title", fixed=True),
    Shown("novelty", pgettext_lazy("claim", "What is new"), _claimed("novelty"), 50),
    Shown("bureau", _("Bureau"), lambda row: str(row.bureau), 20, "bureau"),
    Shown("status", _("State"), lambda row: str(row.get_status_display()), 12, "status"),
    Shown("level", pgettext_lazy("breakthrough", "Level"), _level, 8, "level"),
    Shown("recognised_on", _("Recognised on"), lambda row: row.recognised_on, 12, "recognised_on"),
    Shown("due", pgettext_lazy("breakthrough", "To be decided by"), lambda row: row.review_due_on, 12, "due"),
    Shown(
        "expected_on", _("Expected by"), lambda row: row.expected_on, 12, "expected_on", usual=False, drawn=False
    ),
    Shown("field", _("Field"), lambda row: str(row.task.field), 16, usual=False, drawn=False),
    Shown("since", _("In force since"), _claimed("since"), 12, usual=False, drawn=False),
    Shown(
        "claimed_at", _("Claimed at"), lambda row: moment(row.claimed_at), 20, "claimed_at", usual=False, drawn=False
    ),
    Shown("reason", _("Reason"), lambda row: row.reason, 30, usual=False, drawn=False, is_text=True),
]  # fmt: skip

SAMPLE = [
    Column(_("Sample"), lambda row: yes_no(row.is_sample), 8),
    Column(_("Source"), lambda row: row.source, 20),
]
"""That what is claimed was invented: no file leaves without it."""

FILE_COLUMNS = [
    *(column.in_file() for column in BREAKTHROUGH_COLUMNS),
    Column(_("How it was done before"), _claimed("before"), 40),
    Column(_("How others do it"), _claimed("elsewhere"), 40),
    Column(_("By which document"), _claimed("basis"), 24),
    Column(_("Counts"), lambda row: yes_no(row.is_counted), 8),
    Column(_("Revoked on"), lambda row: row.revoked_on, 12),
    *SAMPLE,
]


def whole(found: QuerySet[Breakthrough]) -> Table:
    """All that a file holds of each."""
    return Table(Export.What.BREAKTHROUGHS, found, FILE_COLUMNS)


def as_shown(found: QuerySet[Breakthrough], asked: QueryDict) -> Table:
    """The list as its page shows it."""
    return Table(Export.What.BREAKTHROUGHS, found, [*chosen(BREAKTHROUGH_COLUMNS, asked).in_file(), *SAMPLE])
