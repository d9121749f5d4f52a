"""The columns of the file of readings: those that the import reads, and what no file changes."""

from typing import Any

from django.db.models import QuerySet

from qdtrade.programmes.exports import Column, moment
from qdtrade.tables import Cell

from .headings import CORRECTED, DECIDED, NAME, QUALIFIERS, SAMPLE, STATUS, SUBMITTED, TITLES, UNIT
from .models import Indicator, Reading


def _value(row: Reading) -> Cell:
    """In the base unit; whole where it is whole, so that 120000 does not leave as 120000.0000."""
    if row.value is None:
        return None
    whole = row.value.to_integral_value()
    return whole if whole == row.value else row.value.normalize()


READING_COLUMNS = [
    Column(TITLES["code"], lambda row: row.indicator.code, 12),
    Column(NAME, lambda row: row.indicator.name, 30),
    Column(TITLES["period"], lambda row: row.period, 18),
    Column(TITLES["on"], lambda row: row.on, 12),
    Column(TITLES["qualifier"], lambda row: QUALIFIERS[row.qualifier], 8),
    Column(TITLES["value"], _value, 16),
    Column(TITLES["words"], lambda row: row.words or None, 14),
    Column(UNIT, lambda row: row.indicator.unit or None, 8),
    Column(TITLES["source"], lambda row: row.source or None, 40),
    Column(TITLES["note"], lambda row: row.note or None, 30),
    Column(STATUS, lambda row: str(row.get_status_display()), 12),
    Column(CORRECTED, lambda row: row.reason or None, 24),
    Column(SUBMITTED["at"], lambda row: moment(row.submitted_at), 20),
    Column(SUBMITTED["by"], lambda row: row.submitter, 16),
    Column(DECIDED["at"], lambda row: moment(row.decided_at), 20),
    Column(DECIDED["by"], lambda row: row.decider or None, 16),
    Column(SAMPLE, lambda row: _marked(row), 16),
]


def _marked(row: Reading) -> str:
    """Whether the reading is invented, and what of its indicator is; no file leaves without it."""
    if row.is_sample:
        return "是"
    parts = [f"{_word(Reading, name)}" for name in row.sample_fields]
    parts += [f"{_word(Indicator, name)}" for name in row.indicator.sample_fields]
    return "、".join(parts) or "否"


def _word(model: Any, name: str) -> str:
    found = next((field for field in model._meta.fields if field.name == name), None)
    return str(found.verbose_name if found else name)


def reading_rows(user: Any) -> QuerySet[Reading]:
    return Reading.objects.visible_to(user).for_list().in_order()
