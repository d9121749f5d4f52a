"""Programmes, what their members may do, and when they report."""

from .expected import Expected, ExpectedQuerySet, Released, Timeliness
from .export import Export
from .figure import PeriodFigure, Restatement
from .filed import Filed, FiledQuerySet
from .membership import Membership, MembershipQuerySet, Role
from .period import Period
from .programme import PeriodKind, Programme
from .reminder import Reminder
from .view import DefaultView, SavedView
from .working_day import WorkingDay

__all__ = [
    "DefaultView",
    "Expected",
    "ExpectedQuerySet",
    "Export",
    "Filed",
    "FiledQuerySet",
    "Membership",
    "MembershipQuerySet",
    "Period",
    "PeriodFigure",
    "PeriodKind",
    "Programme",
    "Released",
    "Reminder",
    "Restatement",
    "Role",
    "SavedView",
    "Timeliness",
    "WorkingDay",
]
