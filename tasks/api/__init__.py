"""The register, its reports and their evidence, for programs: reads, moves, and the few plain changes."""

from .evidence import EvidenceViewSet
from .extensions import ExtensionViewSet
from .parts import ExpectedPartViewSet, PartViewSet
from .register import FieldViewSet, MilestoneViewSet, TaskViewSet
from .reports import ExpectedReportViewSet, ReportViewSet

__all__ = [
    "EvidenceViewSet",
    "ExpectedPartViewSet",
    "ExpectedReportViewSet",
    "ExtensionViewSet",
    "FieldViewSet",
    "MilestoneViewSet",
    "PartViewSet",
    "ReportViewSet",
    "TaskViewSet",
]
