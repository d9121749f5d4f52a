"""Breakthroughs in the administration."""

from .register import BreakthroughAdmin, BreakthroughTargetAdmin, ClaimFileAdmin

__all__ = ["BreakthroughAdmin", "BreakthroughTargetAdmin", "ClaimFileAdmin"]
