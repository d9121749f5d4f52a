"""The specification (Field, Task, TaskBureau), the roadmap (Milestone), the inspection line, and imports."""

from .draft import Draft
from .evidence import ReportFile
from .expected import ExpectedReport
from .milestone import Milestone
from .register_import import ImportedRow, ImportWorkbook, RegisterImport
from .report import Report
from .task import Field, Light, Task, TaskBureau
from .version import ReportVersion

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
