"""How readings move: submitted → approved or returned; withdrawn, submitted again, reopened to be corrected."""

from .readings import APPROVE, READING_MOVES, REOPEN, RETURN, SUBMIT, WITHDRAW

__all__ = ["APPROVE", "READING_MOVES", "REOPEN", "RETURN", "SUBMIT", "WITHDRAW"]
