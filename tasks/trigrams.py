"""PostgreSQL's indexes for a search inside texts: an aid that a search does without, on SQLite or where it is missing.

They stand on what Django asks for: `UPPER(column) LIKE …` of a text, the column itself of a kept sound. A database
whose character type is C sees no Chinese in them and finds nothing faster; that is told, and left as it is.
"""

from typing import Any

from django.db import DatabaseError, connection, transaction

UPPER = {"tasks_task": ("code", "title", "standard"), "tasks_reportversion": ("text",)}
PLAIN = {"tasks_task": ("pinyin", "initials")}
EXTENSION = "CREATE EXTENSION IF NOT EXISTS pg_trgm"
PROBE = "知识产权"


def index(connection: Any = connection) -> list[str]:
    """Set up the extension and every index that does not stand; returns the names of those that stand then."""
    if connection.vendor != "postgresql":
        return []
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(EXTENSION)
    except DatabaseError:
        return []  # not there, or not ours to make: `trouble` says so, and how to get it
    with connection.cursor() as cursor:
        for statement in _statements():
            cursor.execute(statement)
    return standing(connection)


def standing(connection: Any = connection) -> list[str]:
    """The indexes that the database has now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname FROM pg_indexes WHERE indexname = ANY(%s) ORDER BY indexname", [[*names()]]
        )
        return [name for (name,) in cursor.fetchall()]


def names() -> list[str]:
    return [_name(table, column) for kind in (UPPER, PLAIN) for table in kind for column in kind[table]]


def trouble(connection: Any = connection) -> str:
    """Why a search reads whole tables, as a code: `chinese`, `indexes`; empty where it does not, or need not."""
    if connection.vendor != "postgresql":
        return ""
    if len(standing(connection)) < len(names()):
        return "indexes"
    with connection.cursor() as cursor:
        cursor.execute("SELECT show_trgm(%s)", [PROBE])
        (found,) = cursor.fetchone()
    return "" if found and found != "{}" else "chinese"


def _name(table: str, column: str) -> str:
    return f"{table}_{column}_trgm"


def _statements() -> list[str]:
    """Safe to run again; analysed at once, for the planner walks the table until then (RECORDS 5)."""
    found = []
    for kind, wrapped in ((UPPER, "UPPER({})"), (PLAIN, "{}")):
        for table, columns in kind.items():
            found += [
                f"CREATE INDEX IF NOT EXISTS {_name(table, column)} ON {table}"
                f" USING gin (({wrapped.format(column)}) gin_trgm_ops)"
                for column in columns
            ]
            found.append(f"ANALYZE {table}")
    return found
