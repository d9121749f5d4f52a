"""The database's own refusal to change or remove a record, on SQLite and PostgreSQL (RECORDS 7).

SQLite loses triggers when a table is remade, so they are set up again after every migration and watched by a check,
at every start and by whatever watches /health/. A guard stands where the database holds it word for word: one of the
same name that lets everything pass is none.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections, transaction

GUARDED = {
    "audit_event": "id = NEW.id OR (chain_id = NEW.chain_id AND seq = NEW.seq)",
    "audit_recordedobject": "id = NEW.id"
    " OR (chain_id = NEW.chain_id AND kind = NEW.kind AND object_id = NEW.object_id)",
    "audit_checkpoint": "id = NEW.id OR number = NEW.number",
}
"""Guarded tables, and when an incoming row would take an old one's place (SQLite's REPLACE fires no delete trigger)."""


def also(table: str) -> None:
    """Guard an app's own table of rows that are only ever added; called when the program starts."""
    GUARDED[table] = "id = NEW.id"


REFUSAL = (
    "BEGIN RAISE EXCEPTION 'records are append-only: % on %', tg_op, tg_table_name"
    " USING errcode = 'restrict_violation'; END"
)
"""What PostgreSQL's guards do."""

BEFORE_ALL = 2 + 8 + 16 + 32
"""How pg_trigger writes: before DELETE, UPDATE and TRUNCATE, once for each statement."""


def stand(using: str = "default", **kwargs: Any) -> None:
    """Set up every guard that does not stand; only who owns the tables can, and need not where all do."""
    connection = connections[using]
    if not missing(using):
        return
    tables = set(connection.introspection.table_names())
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for table in GUARDED.keys() & tables:
            for statement in raising(connection.vendor, table):
                cursor.execute(statement)


def standing(using: str = "default") -> dict[str, set[str]]:
    """The guards that the database has now, each as it was set up, by table."""
    found: dict[str, set[str]] = {table: set() for table in GUARDED}
    read = _in_sqlite if connections[using].vendor == "sqlite" else _in_postgresql
    for table, name in read(using):
        if table in found:
            found[table].add(name)
    return found


def missing(using: str = "default") -> list[str]:
    """The guards that should stand and do not."""
    vendor = connections[using].vendor
    found = standing(using)
    return [name for table in GUARDED for name in names(vendor, table) if name not in found[table]]


def are_due(using: str = "default") -> bool:
    """Whether every table is there that they guard: not before the migrations."""
    return not _absent(using)


def gone(using: str = "default") -> list[str]:
    """The guards that are missing where their tables are there."""
    vendor, absent = connections[using].vendor, _absent(using)
    to_come = {name for table in absent for name in names(vendor, table)}
    return [name for name in missing(using) if name not in to_come]


def _absent(using: str) -> set[str]:
    return GUARDED.keys() - set(connections[using].introspection.table_names())


def can_be_taken_down(using: str = "default") -> bool:
    """Whether the role that the program works under could change the records, or take their guards away.

    On SQLite always: whoever may write the file may do anything to it.
    """
    connection = connections[using]
    if connection.vendor != "postgresql":
        return True
    rights = "has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER')"
    owned = "pg_has_role(relowner, 'MEMBER')"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT bool_or({rights} OR {owned}) FROM pg_class"
            " WHERE relname = ANY(%s) AND pg_table_is_visible(oid)",
            [[*GUARDED]],
        )
        return bool(cursor.fetchone()[0])


def refuse_to_serve_without(using: str = "default") -> None:
    """Raises ImproperlyConfigured where a guard is gone: nobody shall work on records that nothing protects.

    A database that does not answer, or has no tables yet, is told by /health/ instead.
    """
    try:
        absent = gone(using)
    except DatabaseError:
        return
    finally:
        connections[using].close()
    if absent:
        raise ImproperlyConfigured(
            f"The records are not guarded against change: {', '.join(absent)} missing. Nothing is served."
            " Run `manage.py migrate`, then `manage.py verify_records`, then find out who removed them."
        )


def names(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [f"{table}_no_update", f"{table}_no_delete", f"{table}_no_replace"]
    return [f"{table}_fixed"]


def raising(vendor: str, table: str) -> list[str]:
    """The statements that set up a table's guards, safe to run again."""
    if vendor == "sqlite":
        return [*lowering(vendor, table), *_sqlite(table).values()]
    return [
        f"CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ {REFUSAL} $$",
        *lowering(vendor, table),
        f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_fixed",
    ]


def lowering(vendor: str, table: str) -> list[str]:
    """The statements that take a table's guards away: for the test suite's flush, and for setting them up anew."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name in names(vendor, table)]
    return [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name in names(vendor, table)]


def _sqlite(table: str) -> dict[str, str]:
    """By name the statements, written as SQLite keeps them."""
    refuse = f"BEGIN SELECT RAISE(ABORT, 'records are append-only: {table}'); END"
    when = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {GUARDED[table]})"
    before = (f"BEFORE UPDATE ON {table}", f"BEFORE DELETE ON {table}", f"BEFORE INSERT ON {table} {when}")
    return {
        name: f"CREATE TRIGGER {name} {moment} {refuse}"
        for name, moment in zip(names("sqlite", table), before, strict=True)
    }


def _in_sqlite(using: str) -> list[tuple[str, str]]:
    written = {text for table in GUARDED for text in _sqlite(table).values()}
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'")
        return [(table, name) for table, name, text in cursor.fetchall() if text in written]


def _in_postgresql(using: str) -> list[tuple[str, str]]:
    """Always enabled, before all three, without a condition, and with the function's own words."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgname FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE t.tgenabled = 'A' AND t.tgtype = %s AND t.tgqual IS NULL AND t.tgattr::text = ''"
            " AND btrim(p.prosrc) = %s AND pg_table_is_visible(c.oid)",
            [BEFORE_ALL, REFUSAL],
        )
        return list(cursor.fetchall())
