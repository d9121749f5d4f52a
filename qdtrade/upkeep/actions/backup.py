"""Making one archive of database, evidence and keys while people work.

The database comes first, as it is at one moment; then the files that this copy of it names. Evidence is kept under its
hash and never changed, so a file that is copied later is still the one that the database meant.
"""

import datetime
import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.audit.models import Chain
from qdtrade.errors import WrongState
from qdtrade.evidence.models import Blob, Link

from ..archive import MANIFEST, Head, Manifest, Part, evidence_name, kept_archives
from ..dumps import snapshot
from ..version import version


def make_backup(to: Path) -> tuple[Path, Manifest]:
    """Write an archive to this file, or into this folder under a name of its own; the file appears when it is whole.

    Raises WrongState where the file is there already, ToolFailed, or OSError where there is no room.
    """
    made_at = timezone.now()
    target = to if to.suffix == ".zip" else to / f"qdtrade-{made_at:%Y%m%dT%H%M%SZ}.zip"
    if target.exists():
        raise WrongState(_("%(file)s is there already; a backup never overwrites.") % {"file": target})
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".qdtrade-backup-", dir=target.parent))
    try:
        path = folder / "archive.zip"
        path.touch(mode=0o600)
        with zipfile.ZipFile(path, "w", allowZip64=True) as archive:
            manifest = _written(archive, folder, made_at)
            archive.writestr(MANIFEST, manifest.as_json(), zipfile.ZIP_DEFLATED)
        with path.open("rb") as file:
            os.fsync(file.fileno())
        path.rename(target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return target, manifest


def forget_all_but(count: int, folder: Path) -> list[Path]:
    """Remove the oldest backups of this folder so that `count` stay; other files are never touched."""
    old = kept_archives(folder)[max(count, 1) :]
    for path in old:
        path.unlink()
    return old


def _written(archive: zipfile.ZipFile, folder: Path, made_at: datetime.datetime) -> Manifest:
    with snapshot(folder) as (file, using):
        facts = _facts(using)
        wanted = list(Blob.objects.using(using).order_by("pk").values_list("pk", "sha256"))
        linked = _linked(using)
    how = zipfile.ZIP_STORED if file.suffix == ".dump" else zipfile.ZIP_DEFLATED
    parts = [_add(archive, file, file.name, how)]
    file.unlink()
    keys = [(name, path) for name, path in sorted(settings.KEY_FILES.items()) if Path(path).exists()]
    parts += [_add(archive, path, f"keys/{name}") for name, path in keys]
    absent = []
    for pk, sha256 in wanted:
        part = _add_evidence(archive, sha256)
        if part is not None:
            parts.append(part)
        elif pk in linked:
            absent.append(sha256)
    return Manifest(
        made_at=f"{made_at:%Y-%m-%dT%H:%M:%SZ}",
        version=version(),
        database=connection.vendor,
        is_demo=clock.is_demo(),
        parts=parts,
        absent=absent,
        **facts,
    )


def _facts(using: str) -> dict[str, Any]:
    """What the copied database says of itself."""
    seen = MigrationRecorder.Migration.objects.using(using).order_by("app", "name", "pk")
    heads = Chain.objects.using(using).order_by("pk").values_list("code", "length", "head")
    return {
        "server": f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}",
        "migrations": [f"{app}.{name}" for app, name in seen.values_list("app", "name")],
        "chains": [Head(*values) for values in heads],
    }


def _linked(using: str) -> set[int]:
    """Files that somebody's evidence names; the others wait for an act, or for the sweep, which may take them now."""
    links: Iterator[type[Link]] = (model for model in apps.get_models() if issubclass(model, Link))
    rows = (model._default_manager.using(using).values_list("blob", flat=True) for model in links)
    return {pk for of_model in rows for pk in of_model}


def _add(archive: zipfile.ZipFile, path: Path, name: str, how: int = zipfile.ZIP_STORED) -> Part:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    archive.write(path, name, how)
    return Part(name, path.stat().st_size, digest)


def _add_evidence(archive: zipfile.ZipFile, sha256: str) -> Part | None:
    """The file as the storage has it; None where it is gone, or is not what its name says."""
    path = f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
    try:
        with default_storage.open(path) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                return None
            file.seek(0)
            info = zipfile.ZipInfo(evidence_name(sha256), (1980, 1, 1, 0, 0, 0))
            with archive.open(info, "w", force_zip64=True) as into:
                shutil.copyfileobj(file, into)
            return Part(info.filename, info.file_size, sha256)
    except FileNotFoundError:
        return None
