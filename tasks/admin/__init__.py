"""The register and the inspection line in the administration."""

from .evidence import ReportFileAdmin
from .extensions import ExtensionAdmin
from .register import FieldAdmin, MilestoneAdmin, TaskAdmin
from .reports import ExpectedReportAdmin, ReportAdmin

__all__ = [
    "ExpectedReportAdmin",
    "ExtensionAdmin",
    "FieldAdmin",
    "MilestoneAdmin",
    "ReportAdmin",
    "ReportFileAdmin",
    "TaskAdmin",
]
