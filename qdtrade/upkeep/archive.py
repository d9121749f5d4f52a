"""What a backup looks like: one ZIP that holds the database, the evidence it names, the keys, and a manifest.

The manifest names every part with size and SHA-256. An archive is read by the names in it and never unpacked by them:
a name that is not of one of the three kinds below is refused, whatever it tries to reach.
"""

import hashlib
import json
import re
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from qdtrade.errors import Refusal

FORMAT = "qdtrade-backup 1"
MANIFEST = "manifest.json"
MOST_MANIFEST = 512 * 1024**2
"""Bytes of a manifest: enough for a million files."""

FILE_NAME = re.compile(r"qdtrade-\d{8}T\d{6}Z\.zip")
PART_NAME = re.compile(
    r"database\.(?:sqlite3|dump)|keys/[a-z][a-z-]{0,39}"
    r"|evidence/(?P<first>[0-9a-f]{2})/(?P<second>[0-9a-f]{2})/(?P<hash>(?P=first)(?P=second)[0-9a-f]{60})"
)


class BadArchive(Refusal):
    """The file is no whole archive of ours."""


@dataclass(frozen=True)
class Part:
    """One file in the archive."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Head:
    """How long a chain of records was, and its last hash."""

    code: str
    length: int
    head: str


@dataclass(frozen=True)
class Manifest:
    """What the archive holds; written last, so that a broken archive has none."""

    made_at: str
    version: str
    database: str
    """`sqlite` or `postgresql`."""
    server: str
    is_demo: bool
    migrations: list[str]
    chains: list[Head]
    parts: list[Part]
    absent: list[str]
    """Hashes of evidence that was gone or damaged when the backup was made."""
    format: str = FORMAT

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    def part(self, start: str) -> Part:
        """The part whose name begins so; raises BadArchive without one."""
        found = next((part for part in self.parts if part.name.startswith(start)), None)
        if found is None:
            raise BadArchive(_("The archive holds no %(name)s.") % {"name": start})
        return found


def evidence_name(sha256: str) -> str:
    return f"evidence/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def kept_archives(folder: Path | None = None) -> list[Path]:
    """The backups in this folder, or where the timer keeps them, newest first."""
    folder = folder or settings.BACKUPS
    found = [path for path in folder.glob("qdtrade-*.zip") if FILE_NAME.fullmatch(path.name)]
    return sorted(found, key=lambda path: path.name, reverse=True)


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """The manifest of an archive whose names are all ours and all in it; raises BadArchive."""
    sizes = {info.filename: info.file_size for info in archive.infolist()}
    if sizes.get(MANIFEST, MOST_MANIFEST + 1) > MOST_MANIFEST:
        raise BadArchive(_("This file has no manifest: it is no backup of this program, or not a whole one."))
    try:
        manifest = _parsed(json.loads(archive.read(MANIFEST)))
    except (KeyError, TypeError, ValueError, RecursionError, zipfile.BadZipFile, OSError) as fault:
        raise BadArchive(_("The manifest cannot be read; the archive is damaged.")) from fault
    named = {part.name: part.size for part in manifest.parts}
    strange = [name for name in {*sizes, *named} - {MANIFEST} if not PART_NAME.fullmatch(name)]
    if strange:
        raise BadArchive(_("The archive holds a name that no backup has: %(name)s") % {"name": strange[0]})
    if len(archive.infolist()) != len(manifest.parts) + 1 or named | {MANIFEST: sizes[MANIFEST]} != sizes:
        raise BadArchive(_("The archive does not hold what its manifest names; it is damaged."))
    manifest.part("database.")
    return manifest


def _parsed(content: dict[str, Any]) -> Manifest:
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValueError("another format")
    manifest = Manifest(**content)
    parts = [Part(str(one["name"]), int(one["size"]), str(one["sha256"])) for one in content["parts"]]
    heads = [Head(str(one["code"]), int(one["length"]), str(one["head"])) for one in content["chains"]]
    names = {name: [str(one) for one in content[name]] for name in ("migrations", "absent")}
    return Manifest(**{**asdict(manifest), **names, "parts": parts, "chains": heads})


def check_parts(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Read every part once; raises BadArchive with the first whose bytes are not what the manifest says."""
    for part in manifest.parts:
        match = PART_NAME.fullmatch(part.name)
        try:
            with archive.open(part.name) as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
        except (
            zipfile.BadZipFile,
            OSError,
            EOFError,
            RuntimeError,
            NotImplementedError,
            ValueError,
        ) as fault:
            raise BadArchive(_("%(name)s in the archive is damaged.") % {"name": part.name}) from fault
        wanted = (match and match["hash"]) or part.sha256
        if digest != part.sha256 or digest != wanted:
            raise BadArchive(_("%(name)s in the archive is damaged.") % {"name": part.name})
