"""The specification (Field, Task, TaskBureau), the roadmap (Milestone), and the inspection line."""

from .draft import Draft
from .evidence import ReportFile
from .expected import ExpectedReport
from .extension import Extension
from .milestone import Milestone
from .report import Report
from .sign_off import SignOff
from .task import Field, Light, Task, TaskBureau
from .version import ReportVersion

__all__ = [
    "Draft",
    "ExpectedReport",
    "Extension",
    "Field",
    "Light",
    "Milestone",
    "Report",
    "ReportFile",
    "ReportVersion",
    "SignOff",
    "Task",
    "TaskBureau",
]
