"""Every change of programmes, memberships, deputies, periods and working days."""

from .days import edit_working_day, load_working_days, remove_working_day
from .deputies import appoint_deputy, end_deputy
from .members import add_member, end_membership
from .people import add_person
from .periods import edit_period, month_dates, plan_months
from .programmes import create_programme, edit_programme
from .reading import note_export, note_records_opened

__all__ = [
    "add_member",
    "add_person",
    "appoint_deputy",
    "create_programme",
    "edit_period",
    "edit_programme",
    "edit_working_day",
    "end_deputy",
    "end_membership",
    "load_working_days",
    "month_dates",
    "note_export",
    "note_records_opened",
    "plan_months",
    "remove_working_day",
]
