"""Indicators, their targets and their readings in the administration."""

from .indicators import IndicatorAdmin, IndicatorTargetAdmin
from .readings import ReadingAdmin

__all__ = ["IndicatorAdmin", "IndicatorTargetAdmin", "ReadingAdmin"]
