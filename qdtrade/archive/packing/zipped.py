"""Writing a package's file: each part once, with its size and hash noted, never whole in memory."""

import hashlib
import zipfile
from collections.abc import Iterable
from typing import IO, Any

from qdtrade import clock


class Writer:
    """A ZIP file under way."""

    def __init__(self, file: IO[bytes]) -> None:
        self._archive = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
        self._at = clock.now().astimezone(clock.BEIJING).timetuple()[:6]
        self.files: list[dict[str, Any]] = []

    def add(self, name: str, pieces: Iterable[bytes], *, is_packed: bool = False) -> str:
        """Write one file and return its SHA-256; `is_packed` for bytes that are as small as they get."""
        info = zipfile.ZipInfo(name, self._at)
        info.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        hasher, size = hashlib.sha256(), 0
        take = hasher.update
        with self._archive.open(info, "w", force_zip64=True) as target:
            for piece in pieces:
                target.write(piece)
                take(piece)
                size += len(piece)
        self.files.append({"name": name, "size": str(size), "sha256": hasher.hexdigest()})
        return hasher.hexdigest()

    def end(self) -> None:
        self._archive.close()
