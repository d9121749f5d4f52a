"""What broke through: the row, its claims and their proof, the case made of it, and the target of the year."""

from .breakthrough import Breakthrough, BreakthroughQuerySet, Level
from .case import PracticeCase
from .claim import Claim, ClaimDraft
from .evidence import ClaimFile
from .target import BreakthroughTarget

__all__ = [
    "Breakthrough",
    "BreakthroughQuerySet",
    "BreakthroughTarget",
    "Claim",
    "ClaimDraft",
    "ClaimFile",
    "Level",
    "PracticeCase",
]
