"""The specification (Field, Task, TaskBureau), the roadmap (Milestone), the inspection line, and imports."""

from .milestone import Milestone
from .register_import import ImportedRow, ImportWorkbook, RegisterImport
from .report import Draft, ExpectedReport, Report, ReportFile, ReportVersion
from .task import Field, Light, Task, TaskBureau

__all__ = [
    "Draft",
    "ExpectedReport",
    "Field",
    "ImportWorkbook",
    "ImportedRow",
    "Light",
    "Milestone",
    "RegisterImport",
    "Report",
    "ReportFile",
    "ReportVersion",
    "Task",
    "TaskBureau",
]
