"""The specification (Field, Task, TaskBureau), the roadmap (Milestone) and the inspection line (the rest)."""

from .milestone import Milestone
from .report import Draft, ExpectedReport, Report, ReportFile, ReportVersion
from .task import Field, Light, Task, TaskBureau

__all__ = [
    "Draft",
    "ExpectedReport",
    "Field",
    "Light",
    "Milestone",
    "Report",
    "ReportFile",
    "ReportVersion",
    "Task",
    "TaskBureau",
]
