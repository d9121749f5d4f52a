"""The signings: events and partners, projects with their gates and their money, and what is said of them."""

from .event import SigningEvent
from .evidence import GateFile
from .gate import Gate
from .light import ProjectLight, ProjectOverride
from .money import MoneyEvent
from .partner import Partner
from .project import Currency, MoneyKind, Project, ProjectPartner, ProjectTask
from .rate import Measure, Rate
from .sector import Sector
from .update import ExpectedUpdate

__all__ = [
    "Currency",
    "ExpectedUpdate",
    "Gate",
    "GateFile",
    "Measure",
    "MoneyEvent",
    "MoneyKind",
    "Partner",
    "Project",
    "ProjectLight",
    "ProjectOverride",
    "ProjectPartner",
    "ProjectTask",
    "Rate",
    "Sector",
    "SigningEvent",
]
