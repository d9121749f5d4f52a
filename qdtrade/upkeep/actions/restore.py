"""Putting an archive back, into an empty database and an empty folder and nowhere else."""

import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from qdtrade.errors import WrongState

from ..archive import Manifest, Part
from ..dumps import is_empty, load


def refuse_unless_ready(manifest: Manifest, *, other_keys: bool) -> None:
    """Raises WrongState where this program, its database, its files or its keys cannot take the archive."""
    if manifest.database != connection.vendor:
        words = _("The archive holds a database of another kind (%(theirs)s); DATABASE_URL names %(ours)s.")
        raise WrongState(words % {"theirs": manifest.server, "ours": connection.display_name})
    unknown = _unknown_migrations(manifest)
    if unknown:
        words = _("The archive was made by a newer program (%(version)s). Install that one, then restore.")
        raise WrongState(words % {"version": manifest.version})
    if not is_empty():
        raise WrongState(
            _("The database is not empty. An archive is put into an empty one only; make a new one.")
        )
    if _has_files():
        raise WrongState(_("The folder for evidence is not empty. Name an empty one with QDTRADE_FILES."))
    if not other_keys:
        _refuse_other_keys(manifest)


def put_back(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Load the database, then each file of evidence; the archive has been checked. Raises ToolFailed or OSError."""
    with tempfile.TemporaryDirectory(prefix="qdtrade-restore-", dir=_roomy()) as folder:
        part = manifest.part("database.")
        file = Path(folder) / part.name
        with archive.open(part.name) as source, file.open("wb") as target:
            shutil.copyfileobj(source, target)
        load(file)
    for part in _evidence(manifest):
        with archive.open(part.name) as source:
            default_storage.save(part.name.removeprefix("evidence/"), File(source))


def _evidence(manifest: Manifest) -> Iterator[Part]:
    return (part for part in manifest.parts if part.name.startswith("evidence/"))


def _roomy() -> Path:
    """A folder of ours on a disk that has room: the one for everything that changes."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    return Path(settings.VAR_DIR)


def _unknown_migrations(manifest: Manifest) -> list[str]:
    loader = MigrationLoader(None)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    replaced = {f"{app}.{name}" for one in loader.disk_migrations.values() for app, name in one.replaces}
    return [name for name in manifest.migrations if name not in known | replaced]


def _has_files() -> bool:
    if not default_storage.exists(""):
        return False
    folders, files = default_storage.listdir("")
    return bool(folders or files)


def _refuse_other_keys(manifest: Manifest) -> None:
    """The key that signs checkpoints is another matter: the next checkpoint says that it changed."""
    path = settings.KEY_FILES.get("secret-key")
    kept = next((part for part in manifest.parts if part.name == "keys/secret-key"), None)
    if path is not None and kept is not None and hashlib.sha256(path.read_bytes()).hexdigest() != kept.sha256:
        words = _(
            "%(file)s is not the key of the archive. Put the archive's own there first"
            " (unzip -p ARCHIVE keys/%(name)s > %(file)s), or go on with --other-keys:"
            " then everybody has to sign in again."
        )
        raise WrongState(words % {"file": path, "name": "secret-key"})
