"""Indicators, what they aim at, and their readings."""

from .indicator import Indicator
from .reading import Qualifier, Reading, with_newest
from .target import IndicatorTarget

__all__ = ["Indicator", "IndicatorTarget", "Qualifier", "Reading", "with_newest"]
