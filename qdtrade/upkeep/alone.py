"""Never two runs of one thing at once: PostgreSQL's advisory lock, or beside SQLite a locked file.

Both are held by a living process and nothing else: whoever is killed leaves no lock behind.
"""

import contextlib
import fcntl
import zlib
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError, connection

SPACE = zlib.crc32(b"qdtrade") // 2
"""The first of the two numbers of our advisory locks (31 bits), so that no other program's collide with them."""


@contextlib.contextmanager
def alone(name: str) -> Iterator[bool]:
    """True while this process is the only one that does `name`; False at once where another is at it."""
    held = _in_database(name) if connection.vendor == "postgresql" else _in_file(name)
    with held as is_alone:
        yield is_alone


@contextlib.contextmanager
def _in_database(name: str) -> Iterator[bool]:
    key = [SPACE, zlib.crc32(name.encode()) // 2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
        is_alone = bool(cursor.fetchone()[0])
    try:
        yield is_alone
    finally:
        if is_alone:
            with contextlib.suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)


@contextlib.contextmanager
def _in_file(name: str) -> Iterator[bool]:
    folder = settings.VAR_DIR / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
