"""The specification (Field, Task, TaskBureau, Part), the roadmap (Milestone), and the inspection line."""

from .draft import Draft
from .evidence import ReportFile
from .expected import ExpectedReport
from .extension import Extension
from .field import Field
from .light import TaskLight, TaskOverride
from .milestone import Milestone
from .part import Part
from .part_report import ExpectedPart, PartFile
from .report import Report
from .sign_off import SignOff
from .task import Light, Task, TaskBureau
from .version import ReportVersion

__all__ = [
    "Draft",
    "ExpectedPart",
    "ExpectedReport",
    "Extension",
    "Field",
    "Light",
    "Milestone",
    "Part",
    "PartFile",
    "Report",
    "ReportFile",
    "ReportVersion",
    "SignOff",
    "Task",
    "TaskBureau",
    "TaskLight",
    "TaskOverride",
]
