"""Programmes, periods, working days, bureaus, people and their roles in the administration."""

from .bureaus import BureauAdmin
from .members import MembershipAdmin
from .people import UserAdmin
from .periods import PeriodAdmin
from .programmes import ProgrammeAdmin
from .working_days import WorkingDayAdmin

__all__ = [
    "BureauAdmin",
    "MembershipAdmin",
    "PeriodAdmin",
    "ProgrammeAdmin",
    "UserAdmin",
    "WorkingDayAdmin",
]
