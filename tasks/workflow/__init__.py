"""How tasks and reports move, a module for each noun.

Each table row is one move; `docs/workflow.md` is drawn from here.
"""

from .reports import (
    APPROVE,
    PASS_ON,
    PUT_BACK,
    REOPEN,
    REPORT_CARE,
    REPORT_MOVES,
    RETURN,
    SUBMIT,
    TAKE,
    WITHDRAW,
    may_file_for,
)
from .tasks import ACCEPT, TASK_MOVES

__all__ = [
    "ACCEPT",
    "APPROVE",
    "PASS_ON",
    "PUT_BACK",
    "REOPEN",
    "REPORT_CARE",
    "REPORT_MOVES",
    "RETURN",
    "SUBMIT",
    "TAKE",
    "TASK_MOVES",
    "WITHDRAW",
    "may_file_for",
]
