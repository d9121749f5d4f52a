"""Every change of programmes, memberships, deputies, periods and working days."""

from .days import edit_working_day, load_working_days, remove_working_day
from .deputies import appoint_deputy, end_deputy
from .expected import exempt, for_each, grant_exception, withdraw_exception, withdraw_exemption
from .freezing import restate
from .keeping import delete_view, edit_view, save_view, set_default_view
from .members import add_member, end_membership
from .people import add_person
from .periods import edit_period, move_to_calendar, out_of_step, plan_months, plan_periods
from .programmes import create_programme, edit_programme
from .reading import note_export, note_records_opened
from .reminding import note_text, remind, remind_by_rule, remind_each

__all__ = [
    "add_member",
    "add_person",
    "appoint_deputy",
    "create_programme",
    "delete_view",
    "edit_period",
    "edit_programme",
    "edit_view",
    "edit_working_day",
    "end_deputy",
    "end_membership",
    "exempt",
    "for_each",
    "grant_exception",
    "load_working_days",
    "move_to_calendar",
    "note_export",
    "note_records_opened",
    "note_text",
    "out_of_step",
    "plan_months",
    "plan_periods",
    "remind",
    "remind_by_rule",
    "remind_each",
    "remove_working_day",
    "restate",
    "save_view",
    "set_default_view",
    "withdraw_exception",
    "withdraw_exemption",
]
