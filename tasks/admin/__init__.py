"""The register and the inspection line in the administration."""

from .evidence import ReportFileAdmin
from .register import FieldAdmin, MilestoneAdmin, TaskAdmin
from .reports import ExpectedReportAdmin, ReportAdmin

__all__ = [
    "ExpectedReportAdmin",
    "FieldAdmin",
    "MilestoneAdmin",
    "ReportAdmin",
    "ReportFileAdmin",
    "TaskAdmin",
]
