"""Tasks, reports and what belongs to them, as the API shows them: fields are listed, samples carry their mark."""

from .contents import DraftSerializer
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
    "ExpectedReportSerializer",
    "ExtensionSerializer",
    "FieldSerializer",
    "MilestoneSerializer",
    "ReportSerializer",
    "TaskSerializer",
]
