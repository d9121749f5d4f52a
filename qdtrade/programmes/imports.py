"""Reading the days of a State Council notice from a table that an office keeps."""

import datetime
import os

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qdtrade import tables

from .models import WorkingDay

HEADINGS = {
    "日期": "day", "day": "day", "date": "day",
    "休班": "is_working", "休/班": "is_working", "working": "is_working",
    "节日": "name", "事由": "name", "occasion": "name",
    "来源": "source", "source": "source",
}  # fmt: skip
WORKING = {
    "班": True,
    "休": False,
    "1": True,
    "0": False,
    "yes": True,
    "no": False,
    "true": True,
    "false": False,
}


def read_working_days(source: str | os.PathLike[str] | bytes, name: str = "") -> list[WorkingDay]:
    """The days in the first sheet of a .csv or .xlsx file, not saved yet.

    Raises BadFile for a file that is no table, and ValidationError with one sentence per line that is wrong.
    """
    lines = enumerate(tables.read(source, name).sheets[0].rows, 1)
    headings = next(([_heading(cell) for cell in row] for _number, row in lines if any(row)), [])
    missing = {"day", "is_working", "name"} - set(headings)
    if missing:
        raise ValidationError(
            _("The first line must name the columns 日期, 休班 and 节日 (and may name 来源).")
        )
    found: dict[datetime.date, WorkingDay] = {}
    faults = []
    for number, row in lines:
        if not any(row):
            continue
        try:
            day = _working_day(dict(zip(headings, row, strict=False)))
            if day.day in found:
                raise ValueError(_("%(day)s stands here twice.") % {"day": day.day})
            found[day.day] = day
        except ValueError as fault:
            faults.append(_("Line %(number)d: %(fault)s") % {"number": number, "fault": fault})
    if faults:
        raise ValidationError(faults)
    return list(found.values())


def _heading(cell: tables.Cell) -> str:
    return HEADINGS.get(str(cell or "").strip().lower(), "")


def _working_day(row: dict[str, tables.Cell]) -> WorkingDay:
    word = str(row.get("is_working") if row.get("is_working") is not None else "").strip().lower()
    if word not in WORKING:
        raise ValueError(_("“%(word)s” should be 休 (a day off) or 班 (a working day).") % {"word": word})
    name = str(row.get("name") or "").strip()
    if not name:
        raise ValueError(_("the occasion is missing."))
    source = str(row.get("source") or "").strip()
    return WorkingDay(day=_day(row.get("day")), is_working=WORKING[word], name=name, source=source)


def _day(cell: tables.Cell) -> datetime.date:
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    try:
        return datetime.date.fromisoformat(str(cell or "").strip())
    except ValueError:
        raise ValueError(_("“%(day)s” should be a date such as 2021-10-01.") % {"day": cell or ""}) from None
