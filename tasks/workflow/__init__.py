"""How tasks, reports and extensions move, a module for each noun.

Each table row is one move; `docs/workflow.md` is drawn from here.
"""

from .extensions import EXTENSION_MOVES, GRANT, REFUSE, SIGN, WITHDRAW_EXTENSION
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
from .tasks import (
    ACCEPT,
    ASSIGN_AGAIN,
    CLAIM,
    DECLINE,
    DROP,
    HAND_OVER,
    REOPEN_TASK,
    RESUME,
    SEND_BACK,
    SUSPEND,
    TASK_MOVES,
    VERIFY,
    WITHDRAW_CLAIM,
)

__all__ = [
    "ACCEPT",
    "APPROVE",
    "ASSIGN_AGAIN",
    "CLAIM",
    "DECLINE",
    "DROP",
    "EXTENSION_MOVES",
    "GRANT",
    "HAND_OVER",
    "PASS_ON",
    "PUT_BACK",
    "REFUSE",
    "REOPEN",
    "REOPEN_TASK",
    "REPORT_CARE",
    "REPORT_MOVES",
    "RESUME",
    "RETURN",
    "SEND_BACK",
    "SIGN",
    "SUBMIT",
    "SUSPEND",
    "TAKE",
    "TASK_MOVES",
    "VERIFY",
    "WITHDRAW",
    "WITHDRAW_CLAIM",
    "WITHDRAW_EXTENSION",
    "may_file_for",
]
