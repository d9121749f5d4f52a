"""What `manage.py check --deploy` asks of a server beyond Django's own checks."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import DatabaseError, connection

from qdtrade import trigrams
from qdtrade.audit import guards


@register(deploy=True)
def static_files_are_collected(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Without the list of collected files no page can be drawn."""
    if settings.DEBUG or (settings.STATIC_ROOT / "staticfiles.json").is_file():
        return []
    hint = "Run `manage.py collectstatic --noinput`, after each upgrade too."
    return [Error("The static files have not been collected.", hint=hint, id="upkeep.E001")]


@register(deploy=True)
def folders_can_be_written(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Evidence and backups need folders that this account may write."""
    folders = {"QDTRADE_FILES": Path(settings.MEDIA_ROOT), "QDTRADE_BACKUPS": Path(settings.BACKUPS)}
    return [
        Error(
            f"{folder} cannot be written.", hint=f"Give it to this account, or set {name}.", id="upkeep.E002"
        )
        for name, folder in folders.items()
        if not _can_be_written(folder)
    ]


@register(deploy=True)
def postgresql_can_be_copied(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Backups of PostgreSQL are made by its own program."""
    if connection.vendor != "postgresql" or shutil.which("pg_dump"):
        return []
    hint = "Install PostgreSQL's client programs, of the server's version or newer."
    return [Warning("pg_dump is missing, so no backup can be made.", hint=hint, id="upkeep.W001")]


@register(deploy=True)
def a_search_has_its_indexes(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """A search finds the same without them, and reads whole tables for it."""
    hints = {
        "indexes": "Let a superuser run `CREATE EXTENSION pg_trgm` in it, then run `manage.py index_search`.",
        "chinese": "Its LC_CTYPE is C: move to a database made with C.UTF-8, by a backup and its restoring.",
    }
    try:
        trouble = trigrams.trouble()
    except DatabaseError:
        return []
    words = "PostgreSQL's indexes inside Chinese texts are missing; a search reads whole tables."
    return [Warning(words, hint=hints[trouble], id="upkeep.W002")] if trouble else []


@register(deploy=True)
def nobody_who_breaks_in_can_change_the_records(
    app_configs: Sequence[Any] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Whoever owns the tables can take the guards away, so on PostgreSQL the program need not own them."""
    if connection.vendor != "postgresql":
        return []
    try:
        is_mighty = guards.can_be_taken_down()
    except DatabaseError:
        return []
    words = "The role in DATABASE_URL may change the records, or take their guards away."
    hint = "Give the tables to an owner of their own: deploy/postgresql-roles.sql; docs/operations.md, Three roles."
    return [Warning(words, hint=hint, id="upkeep.W003")] if is_mighty else []


def _can_be_written(folder: Path) -> bool:
    """Whether it is there and ours, or can be made."""
    there = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)
