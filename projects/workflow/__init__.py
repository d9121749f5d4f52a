"""How projects, their gates and their updates move, a module for each noun.

Each table row is one move; `docs/workflow.md` is drawn from here.
"""

from .gates import CONFIRM, CORRECT, GATE_MOVES, PROPOSE, RETURN, WITHDRAW
from .projects import PROJECT_MOVES, REINSTATE, REMOVE, TERMINATE
from .updates import FILE, UPDATE_MOVES

__all__ = [
    "CONFIRM",
    "CORRECT",
    "FILE",
    "GATE_MOVES",
    "PROJECT_MOVES",
    "PROPOSE",
    "REINSTATE",
    "REMOVE",
    "RETURN",
    "TERMINATE",
    "UPDATE_MOVES",
    "WITHDRAW",
]
