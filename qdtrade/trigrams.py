"""PostgreSQL's indexes for a search inside texts: an aid that a search does without, on SQLite or where it is missing.

They stand on what Django asks for: `UPPER(column) LIKE …` of a text, the column itself of a kept sound. A database
whose character type is C sees no Chinese in them and finds nothing faster; that is told, and left as it is. Each app
registers its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection, transaction

EXTENSION = "CREATE EXTENSION IF NOT EXISTS pg_trgm"
PROBE = "知识产权"


@dataclass(frozen=True)
class Inside:
    """An index inside a text: the table, the index's name, and the text as an expression of its columns."""

    table: str
    name: str
    text: str

    @property
    def statement(self) -> str:
        """Safe to run again."""
        return (
            f"CREATE INDEX IF NOT EXISTS {self.name} ON {self.table} USING gin (({self.text}) gin_trgm_ops)"
        )


INDEXES: dict[str, Inside] = {}


def register(*indexes: Inside) -> None:
    """Called once by an app when it is ready."""
    for one in indexes:
        INDEXES[one.name] = one


def index(connection: Any = connection, only: Iterable[Inside] = ()) -> list[str]:
    """Set up the extension and every index (or these alone) that does not stand; returns the names that stand then.

    Their tables are analysed at once, for the planner walks them row by row until then (RECORDS 5).
    """
    if connection.vendor != "postgresql":
        return []
    wanted = list(only) or list(INDEXES.values())
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(EXTENSION)
    except DatabaseError:
        return []  # not there, or not ours to make: `trouble` says so, and how to get it
    with connection.cursor() as cursor:
        for one in wanted:
            cursor.execute(one.statement)
        for table in sorted({one.table for one in wanted}):
            cursor.execute(f"ANALYZE {table}")
    return standing(connection)


def standing(connection: Any = connection) -> list[str]:
    """The indexes that the database has now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname FROM pg_indexes WHERE indexname = ANY(%s) ORDER BY indexname", [names()]
        )
        return [name for (name,) in cursor.fetchall()]


def names() -> list[str]:
    return sorted(INDEXES)


def trouble(connection: Any = connection) -> str:
    """Why a search reads whole tables, as a code: `chinese`, `indexes`; empty where it does not, or need not."""
    if connection.vendor != "postgresql":
        return ""
    if len(standing(connection)) < len(INDEXES):
        return "indexes"
    with connection.cursor() as cursor:
        cursor.execute("SELECT show_trgm(%s)", [PROBE])
        (found,) = cursor.fetchone()
    return "" if found and found != "{}" else "chinese"
