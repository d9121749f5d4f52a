"""The texts of tasks and reports that a search reads, for PostgreSQL's indexes inside texts."""

from typing import Any

from django.db import connection

from qdtrade import trigrams
from qdtrade.trigrams import Inside

UPPER = {"tasks_task": ("code", "title", "standard"), "tasks_reportversion": ("text",)}
PLAIN = {"tasks_task": ("pinyin", "initials")}
INDEXES = tuple(
    Inside(table, f"{table}_{column}_trgm", wrapped.format(column))
    for kind, wrapped in ((UPPER, "UPPER({})"), (PLAIN, "{}"))
    for table, columns in kind.items()
    for column in columns
)


def index(connection: Any = connection) -> list[str]:
    """Set up those of tasks and reports alone; returns the names that stand then."""
    return trigrams.index(connection, INDEXES)
