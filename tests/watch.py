"""A watch at the database while a door is open: nothing of the product may be written without an event.

Each statement is looked at as it leaves: it may write a table that is recorded only inside `trail.unit()`, columns that
are named as unrecorded apart, and no table that nobody knows of. Then every row of the tables that were written is held
against its last record: what was changed, made or removed without one shows, however it was done.
"""

import contextlib
import re
from unittest import mock

from django.apps import apps
from django.db import connection

from qdtrade.audit import rows, trail
from qdtrade.audit.models import Chain
from tests.test_architecture_models import UNRECORDED_FIELDS, UNRECORDED_TABLES

WRITE = re.compile(
    r"(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|MERGE\s+INTO|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?"
    r'|(?<!FOR )(?<!FOR NO KEY )UPDATE(?:\s+OR\s+\w+)?)\s+"?(\w+)"?',
    re.I,
)
SET = re.compile(r'(?:\bSET|,)\s*"(\w+)"\s*=')
OF_THE_FRAMEWORKS = {
    "axes_accessattempt": "failed attempts to sign in are counted; each is recorded by us",
    "axes_accessattemptexpiration": "until when an account is locked",
    "django_session": "never used: sessions are ours",
    "django_tasks_database_dbtaskresult": "work in the background: what it does is recorded",
    "sqlite_sequence": "how SQLite counts",
}
"""Tables that are not ours, and why a row of theirs is no act."""


class Unrecorded(AssertionError):
    """Something was written that no record tells of."""


class Watch:
    """Looks at every statement, and remembers what was written where."""

    def __init__(self):
        self.models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
        self.recorded = {model._meta.db_table for model in rows.recorded_models().values()}
        self.written, self.faults = set(), []

    def __call__(self, execute, sql, params, many, context):
        if not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE")):
            self.look(sql)
        return execute(sql, params, many, context)

    def look(self, sql):
        for table in WRITE.findall(sql)[:1]:
            if table in self.recorded:
                self.look_at_recorded(table, sql)
            elif table not in OF_THE_FRAMEWORKS and self.label(table) not in UNRECORDED_TABLES:
                self.faults.append(f"a table that nobody knows of: {sql[:120]}")

    def look_at_recorded(self, table, sql):
        if self.only_unrecorded_columns(table, sql):
            return
        self.written.add(table)
        if trail._unit.get() is None:
            self.faults.append(f"outside a unit: {sql[:120]}")

    def only_unrecorded_columns(self, table, sql):
        if not sql.startswith("UPDATE"):
            return False
        fields = {field.column: field.name for field in self.models[table]._meta.concrete_fields}
        changed = {fields[column] for column in SET.findall(sql.split(" WHERE ")[0])}
        return bool(changed) and changed <= UNRECORDED_FIELDS.get(self.label(table), set())

    def label(self, table):
        return self.models[table]._meta.label if table in self.models else table

    def unlike(self):
        """The rows of the written tables that are not as their last record left them."""
        written = {
            kind: model
            for kind, model in rows.recorded_models().items()
            if model._meta.db_table in self.written
        }
        with mock.patch.object(rows, "recorded_models", lambda: written):
            differing = [one for chain in Chain.objects.order_by("pk") for one in rows.differences(chain)]
            return [*differing, *rows.unrecorded()] if written else []


@contextlib.contextmanager
def nothing_unrecorded():
    """Raises Unrecorded at the end of the block where it wrote anything that no record tells of."""
    watch = Watch()
    with connection.execute_wrapper(watch):
        yield watch
    faults = [*watch.faults, *map(str, watch.unlike())]
    if faults:
        raise Unrecorded("\n".join(faults))
