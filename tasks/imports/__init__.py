"""Reading a register as bureaus keep it, and comparing it with the one that is stored.

`plan()` is the dry run; `tasks.actions.importing.apply(plan.batch, by=…)` writes what it found.
"""

from qdtrade.imports.reading.findings import Finding, Place, Unreadable

from .plan import Change, Options, Outcome, Plan, PlannedRow, UnknownBureau
from .planning import plan

__all__ = [
    "Change",
    "Finding",
    "Options",
    "Outcome",
    "Place",
    "Plan",
    "PlannedRow",
    "UnknownBureau",
    "Unreadable",
    "plan",
]
