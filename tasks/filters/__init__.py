"""The filters of the lists of tasks, reports and what belongs to them, for page, API and export alike."""

from .asked import REVIEW_CLOCK, fields
from .parts import ExpectedPartFilter, PartFilter, ResponsibilityFilter
from .register import ExtensionFilter, FieldFilter, MilestoneFilter, TaskFilter
from .reports import EvidenceFilter, ExpectedReportFilter, ReportFilter

__all__ = [
    "REVIEW_CLOCK",
    "EvidenceFilter",
    "ExpectedPartFilter",
    "ExpectedReportFilter",
    "ExtensionFilter",
    "FieldFilter",
    "MilestoneFilter",
    "PartFilter",
    "ReportFilter",
    "ResponsibilityFilter",
    "TaskFilter",
    "fields",
]
