"""Tasks, parts and reports as the API shows them: fields are listed, samples carry their mark."""

from .contents import DraftSerializer
from .parts import ExpectedPartSerializer, PartSerializer
from .register import (
    ExtensionSerializer,
    FieldSerializer,
    MilestoneSerializer,
    TaskSerializer,
)
from .reports import EvidenceSerializer, ExpectedReportSerializer, ReportSerializer

__all__ = [
    "DraftSerializer",
    "EvidenceSerializer",
    "ExpectedPartSerializer",
    "ExpectedReportSerializer",
    "ExtensionSerializer",
    "FieldSerializer",
    "MilestoneSerializer",
    "PartSerializer",
    "ReportSerializer",
    "TaskSerializer",
]
