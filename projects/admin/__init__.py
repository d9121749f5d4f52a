"""The signings in the administration."""

from .progress import ExpectedUpdateAdmin, GateAdmin, GateFileAdmin, MoneyEventAdmin
from .rates import RateAdmin
from .register import PartnerAdmin, ProjectAdmin, SectorAdmin, SigningEventAdmin

__all__ = [
    "ExpectedUpdateAdmin",
    "GateAdmin",
    "GateFileAdmin",
    "MoneyEventAdmin",
    "PartnerAdmin",
    "ProjectAdmin",
    "RateAdmin",
    "SectorAdmin",
    "SigningEventAdmin",
]
