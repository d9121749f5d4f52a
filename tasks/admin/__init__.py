"""The register and the inspection line in the administration."""

from .evidence import ReportFileAdmin
from .extensions import ExtensionAdmin
from .parts import ExpectedPartAdmin, PartAdmin
from .register import FieldAdmin, MilestoneAdmin, TaskAdmin
from .reports import ExpectedReportAdmin, ReportAdmin

__all__ = [
    "ExpectedPartAdmin",
    "ExpectedReportAdmin",
    "ExtensionAdmin",
    "FieldAdmin",
    "MilestoneAdmin",
    "PartAdmin",
    "ReportAdmin",
    "ReportFileAdmin",
    "TaskAdmin",
]
