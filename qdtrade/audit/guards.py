"""The database's own refusal to change or remove a record, on SQLite and PostgreSQL (RECORDS 7).

SQLite loses triggers when a table is remade, so they are set up again after every migration and watched by a check.
"""

from typing import Any

from django.db import connections

GUARDED = {
    "audit_event": "id = NEW.id OR (chain_id = NEW.chain_id AND seq = NEW.seq)",
    "audit_recordedobject": "id = NEW.id"
    " OR (chain_id = NEW.chain_id AND kind = NEW.kind AND object_id = NEW.object_id)",
    "audit_checkpoint": "id = NEW.id OR number = NEW.number",
}
"""Guarded tables, and when an incoming row would take an old one's place (SQLite's REPLACE fires no delete trigger)."""


def stand(using: str = "default", **kwargs: Any) -> None:
    """Set up every guard, whether or not it stands already."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in GUARDED.keys() & tables:
            for statement in raising(connection.vendor, table):
                cursor.execute(statement)


def standing(using: str = "default") -> dict[str, set[str]]:
    """The guards that the database has now, by table."""
    query = {
        "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": (
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal AND t.tgenabled = 'A'"
        ),
    }
    connection = connections[using]
    found: dict[str, set[str]] = {table: set() for table in GUARDED}
    with connection.cursor() as cursor:
        cursor.execute(query[connection.vendor])
        for table, name in cursor.fetchall():
            if table in found:
                found[table].add(name)
    return found


def missing(using: str = "default") -> list[str]:
    """The guards that should stand and do not."""
    vendor = connections[using].vendor
    found = standing(using)
    return [name for table in GUARDED for name in names(vendor, table) if name not in found[table]]


def names(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [f"{table}_no_update", f"{table}_no_delete", f"{table}_no_replace"]
    return [f"{table}_fixed"]


def raising(vendor: str, table: str) -> list[str]:
    """The statements that set up a table's guards, safe to run again."""
    if vendor == "sqlite":
        return _sqlite(table)
    return [
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'records are append-only: % on %', tg_op, tg_table_name"
        " USING errcode = 'restrict_violation'; END $$",
        f"DROP TRIGGER IF EXISTS {table}_fixed ON {table}",
        f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_fixed",
    ]


def lowering(vendor: str, table: str) -> list[str]:
    """The statements that take a table's guards away: for the test suite's flush, and for nothing else."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name in names(vendor, table)]
    return [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name in names(vendor, table)]


def _sqlite(table: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, 'records are append-only: {table}'); END"
    when = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {GUARDED[table]})"
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_replace BEFORE INSERT ON {table} {when} {refuse}",
    ]
