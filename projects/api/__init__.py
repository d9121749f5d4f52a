"""The signings, for programs: reads, moves, money, and the plain fields of projects."""

from .gates import GateFileViewSet, GateViewSet
from .money import MoneyEventViewSet
from .rates import RateViewSet
from .register import PartnerViewSet, ProjectViewSet, SectorViewSet, SigningEventViewSet
from .updates import ExpectedUpdateViewSet

__all__ = [
    "ExpectedUpdateViewSet",
    "GateFileViewSet",
    "GateViewSet",
    "MoneyEventViewSet",
    "PartnerViewSet",
    "ProjectViewSet",
    "RateViewSet",
    "SectorViewSet",
    "SigningEventViewSet",
]
