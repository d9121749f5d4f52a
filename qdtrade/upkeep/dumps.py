"""Copying the whole database at one moment while people work, and putting a copy into an empty one."""

import contextlib
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.db import connection, connections, transaction
from django.utils.translation import gettext as _

from qdtrade.errors import Refusal

COPY = "copy"
"""The name of the connection that reads a copied SQLite file."""


class ToolFailed(Refusal):
    """pg_dump or pg_restore did not do its work."""


class Snapshot(NamedTuple):
    """A copied database, and the name of a connection that reads that same moment."""

    file: Path
    using: str


@contextlib.contextmanager
def snapshot(folder: Path) -> Iterator[Snapshot]:
    """Copy the database into this folder. Writers neither wait nor are waited for; raises ToolFailed."""
    taken = _dumped if connection.vendor == "postgresql" else _copied
    with taken(folder) as found:
        yield found


@contextlib.contextmanager
def _copied(folder: Path) -> Iterator[Snapshot]:
    """SQLite's own online copy, in one step: readers and writers of a WAL file do not wait for each other."""
    path = folder / "database.sqlite3"
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(path)) as target:
        connection.connection.backup(target)
    copy = connection.copy(COPY)
    copy.settings_dict |= {"NAME": str(path), "OPTIONS": {}}
    connections[COPY] = copy
    try:
        yield Snapshot(path, COPY)
    finally:
        copy.close()
        del connections[COPY]


@contextlib.contextmanager
def _dumped(folder: Path) -> Iterator[Snapshot]:
    """pg_dump, within a snapshot that this transaction reads too."""
    path = folder / "database.dump"
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            name = cursor.fetchone()[0]
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={name}"]
        _run("pg_dump", *options, f"--file={path}")
        yield Snapshot(path, connection.alias)


def is_empty() -> bool:
    """Whether the database has no tables at all."""
    return not connection.introspection.table_names()


def load(file: Path) -> None:
    """Put a copied database into the empty one; raises ToolFailed, and then nothing was put there."""
    if connection.vendor == "postgresql":
        connection.close()
        options = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
        _run("pg_restore", *options, f"--dbname={connection.settings_dict['NAME']}", str(file))
        return
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as source:
        source.backup(connection.connection)
    connection.close()


def _run(tool: str, *arguments: str) -> None:
    """Call one of PostgreSQL's own programs for our database; the password stays out of its command line."""
    names = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    given = {name: str(connection.settings_dict[key] or "") for name, key in names.items()}
    environment = os.environ | {name: value for name, value in given.items() if value}
    try:
        ran = subprocess.run([tool, *arguments], env=environment, capture_output=True, text=True)
    except FileNotFoundError:
        words = _(
            "%(tool)s is missing. Install PostgreSQL's client programs, of the server's version or newer."
        )
        raise ToolFailed(words % {"tool": tool}) from None
    if ran.returncode:
        raise ToolFailed(
            _("%(tool)s failed: %(words)s") % {"tool": tool, "words": ran.stderr.strip()[-2000:]}
        )
