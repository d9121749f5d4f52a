"""Breakthroughs, for programs: reads, moves, proof and targets."""

from .register import BreakthroughTargetViewSet, BreakthroughViewSet, ClaimFileViewSet

__all__ = ["BreakthroughTargetViewSet", "BreakthroughViewSet", "ClaimFileViewSet"]
