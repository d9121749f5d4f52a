"""What the database refuses to whoever owns it, and that a guard which refuses nothing more is seen."""

import sqlite3
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from projects.models import ProjectLight
from qdtrade import clock
from qdtrade.audit import guards
from qdtrade.audit.actions import sign_checkpoint
from qdtrade.audit.models import Event
from qdtrade.lights.models import LightRule
from qdtrade.programmes.models import PeriodFigure
from tasks.models import TaskLight
from tests import factories, settings

COLUMN = {
    "audit_event": "comment",
    "audit_recordedobject": "kind",
    "audit_checkpoint": "signature",
    "programmes_periodfigure": "part",
    "projects_projectlight": "level",
    "tasks_tasklight": "level",
}
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own words")

SAME = "SELECT * FROM {table} WHERE id = (SELECT max(id) FROM {table})"
EVERYWHERE = {
    "update": "UPDATE {table} SET {column} = 'x'",
    "delete": "DELETE FROM {table}",
    "delete one": "DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})",
    "upsert": "INSERT INTO {table} " + SAME + " ON CONFLICT (id) DO UPDATE SET {column} = 'x'",
}
SQLITE = EVERYWHERE | {
    "replace": "REPLACE INTO {table} " + SAME,
    "insert or replace": "INSERT OR REPLACE INTO {table} " + SAME,
    "insert or ignore": "INSERT OR IGNORE INTO {table} " + SAME,
    "update or replace": "UPDATE OR REPLACE {table} SET id = id + 1",
}
POSTGRESQL = EVERYWHERE | {
    "update of nothing": "UPDATE {table} SET {column} = 'x' WHERE false",
    "truncate": "TRUNCATE {table}",
    "truncate with all that hangs on it": "TRUNCATE {table} CASCADE",
    "delete in a WITH": "WITH gone AS (DELETE FROM {table} RETURNING id) SELECT * FROM gone",
    "merge": "MERGE INTO {table} USING (SELECT 1 AS one) s ON true WHEN MATCHED THEN DELETE",
    "merge into others": "MERGE INTO {table} USING (SELECT 1 AS one) s ON true"
    " WHEN MATCHED THEN UPDATE SET {column} = 'x'",
}
STATEMENTS = SQLITE if connection.vendor == "sqlite" else POSTGRESQL


@pytest.fixture
def kept(submitted, service):
    """Events, their objects, a checkpoint and lights, with nothing left to be checked at the end."""
    sign_checkpoint()
    task, now = submitted.task, clock.now()
    rule = LightRule.objects.create(
        programme=task.programme, version=9, valid_from=clock.today(), made_at=now, made_by=service
    )
    light = {"day": clock.today(), "kept_at": now, "level": "red", "computed": "red", "rule": rule}
    TaskLight.objects.create(task=task, **light)
    ProjectLight.objects.create(project_id=1, **light)
    period = submitted.expected.period
    PeriodFigure.objects.create(
        period=period, position=0, name="tasks.status", as_of=clock.today(), computed_at=now
    )
    connection.check_constraints()


def run(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.parametrize("table", guards.GUARDED)
@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_the_database_refuses_even_its_owner(kept, table, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run(statement.format(table=table, column=COLUMN[table]))


def test_the_guards_stand_word_for_word_after_the_migrations(db):
    assert guards.are_due()
    assert guards.missing() == []


def toothless():
    """A guard of the same name that lets everything pass, as only an owner can put it there."""
    if connection.vendor == "sqlite":
        name = "audit_event_no_update"
        return [
            f"DROP TRIGGER {name}",
            f"CREATE TRIGGER {name} BEFORE UPDATE ON audit_event BEGIN SELECT 1; END",
        ]
    return [
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RETURN NULL; END $$"
    ]


WEAKENED = {"toothless": toothless()}
if connection.vendor == "postgresql":
    make = "CREATE TRIGGER audit_event_fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event"
    WEAKENED |= {
        "disabled": ["ALTER TABLE audit_event DISABLE TRIGGER audit_event_fixed"],
        "not for replicas": ["ALTER TABLE audit_event ENABLE TRIGGER audit_event_fixed"],
        "on one condition": [
            "DROP TRIGGER audit_event_fixed ON audit_event",
            "CREATE TRIGGER audit_event_fixed BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW"
            " WHEN (old.seq < 5) EXECUTE FUNCTION audit_refuse()",
        ],
        "on one column": [
            "DROP TRIGGER audit_event_fixed ON audit_event",
            make.replace("UPDATE", "UPDATE OF seq") + " EXECUTE FUNCTION audit_refuse()",
            "ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_event_fixed",
        ],
        "another table under its name": [
            "ALTER TABLE audit_event RENAME TO audit_event_old",
            "CREATE TABLE audit_event AS TABLE audit_event_old",
        ],
    }


@pytest.mark.parametrize("statements", WEAKENED.values(), ids=WEAKENED)
def test_a_guard_that_was_weakened_under_its_own_name_is_missing(kept, statements):
    run(*statements)

    assert any(name.startswith("audit_event") for name in guards.missing())


@on_sqlite
def test_a_trigger_struck_out_of_sqlites_own_schema_is_missing(submitted):
    run("PRAGMA writable_schema = ON")
    try:
        run("DELETE FROM sqlite_master WHERE name = 'audit_event_no_delete'")

        assert guards.missing() == ["audit_event_no_delete"]
    finally:
        run("PRAGMA writable_schema = OFF")


def test_setting_them_up_mends_a_weakened_one(kept):
    run(*toothless())

    guards.stand()

    assert guards.missing() == []
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.update(comment="x")


def test_a_watch_is_told_in_one_word(submitted):
    run(*toothless())

    answer = Client().get("/health/")

    assert (answer.status_code, answer.content) == (503, b"guards\n")


def test_a_server_does_not_start_without_them(submitted, monkeypatch):
    monkeypatch.setattr(connection, "close", lambda: None)  # the test's own
    guards.refuse_to_serve_without()
    run(*toothless())

    with pytest.raises(ImproperlyConfigured, match="audit_"):
        guards.refuse_to_serve_without()


@on_sqlite
@pytest.mark.parametrize("entry", ["wsgi", "asgi"])
def test_both_entries_for_servers_ask(entry, tmp_path):
    url = f"sqlite:///{tmp_path / 'register.sqlite3'}"
    with sqlite3.connect(tmp_path / "register.sqlite3") as unguarded:
        for table in guards.GUARDED:
            unguarded.execute(f"CREATE TABLE {table} (id)")

    ran = subprocess.run(
        [sys.executable, "-c", f"import qdtrade.{entry}"],
        cwd=settings.BASE_DIR,
        env={"DATABASE_URL": url, "QDTRADE_TESTING": "1", "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
    )

    assert "Nothing is served" in ran.stderr


def test_guards_taken_down_for_a_moment_leave_the_chain_to_tell(kept, programme, capsys):
    run(*(statement for table in guards.GUARDED for statement in guards.lowering(connection.vendor, table)))
    Event.objects.filter(chain__scope=programme.pk, seq=5).update(comment="as agreed")
    connection.check_constraints()
    guards.stand()

    with pytest.raises(CommandError):
        call_command("verify_records")

    assert guards.missing() == []
    assert "qd-2020" in capsys.readouterr().err
