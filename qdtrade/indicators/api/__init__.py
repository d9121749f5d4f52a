"""The indicators, for programs: reads, readings and their moves, and plain fields."""

from .indicators import IndicatorViewSet
from .readings import ReadingViewSet

__all__ = ["IndicatorViewSet", "ReadingViewSet"]
