"""How breakthroughs move: claimed by a bureau, recognised by others, revoked, passed on.

Each table row is one move; `docs/workflow.md` is drawn from here.
"""

from .moves import (
    BREAKTHROUGH_MOVES,
    CLAIM,
    DROP,
    NOT_RECOGNISE,
    PROMOTE,
    RECOGNISE,
    RETURN,
    REVOKE,
    WITHDRAW,
)

__all__ = [
    "BREAKTHROUGH_MOVES",
    "CLAIM",
    "DROP",
    "NOT_RECOGNISE",
    "PROMOTE",
    "RECOGNISE",
    "RETURN",
    "REVOKE",
    "WITHDRAW",
]
