"""Small pictures of the pictures among the evidence: made on demand by a child process, kept, never recorded.

They stand beside the bytes under the same hash, and may be deleted at any time: the next reader has them made again.
A backup leaves them out.
"""

import json
import struct
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from ..models import Blob

FOLDER = "previews"
LARGE, SMALL = 1600, 240
"""Pixels of the longer side, at most."""

LIMITS = {"memory": 1024, "seconds": 20, "pixels": 120_000_000, "answer": 8, "sizes": [LARGE, SMALL]}
"""Memory and answer in MB; a JPEG of more pixels than these is not read even in part."""

_ROOT = Path(__file__).resolve().parents[3]
_END_OF_JPEG = b"\xff\xd9"
_turns = threading.BoundedSemaphore(2)
_PATIENCE = 30


def preview(blob: Blob, size: int) -> bytes | None:
    """The JPEG of at most `size` pixels, kept or made now; None where none can be made."""
    if default_storage.exists(_path(blob.sha256, "none")):
        return None
    return _kept(blob, size) or _made(blob, size)


def forget(sha256: str) -> None:
    """Delete the previews of one file."""
    folder = f"{FOLDER}/{sha256[:2]}/{sha256[2:4]}"
    for name in _names(folder):
        if name.startswith(sha256):
            default_storage.delete(f"{folder}/{name}")


def forget_strays() -> list[str]:
    """Delete previews of files that are no more, and return where they were."""
    strays = []
    for first in _folders(FOLDER):
        for second in _folders(f"{FOLDER}/{first}"):
            folder = f"{FOLDER}/{first}/{second}"
            names = _names(folder)
            known = set(
                Blob.objects.filter(sha256__in={name[:64] for name in names}).values_list("sha256", flat=True)
            )
            strays += [f"{folder}/{name}" for name in names if name[:64] not in known]
    for path in strays:
        default_storage.delete(path)
    return strays


def _names(folder: str) -> list[str]:
    return default_storage.listdir(folder)[1] if default_storage.exists(folder) else []


def _folders(folder: str) -> list[str]:
    return default_storage.listdir(folder)[0] if default_storage.exists(folder) else []


def _path(sha256: str, what: object) -> str:
    return f"{FOLDER}/{sha256[:2]}/{sha256[2:4]}/{sha256}-{what}.jpg"


def _kept(blob: Blob, size: int) -> bytes | None:
    """The kept preview; one that another process is writing at this moment has no end yet, and is none."""
    path = _path(blob.sha256, size)
    if not default_storage.exists(path):
        return None
    with default_storage.open(path) as file:
        content = bytes(file.read())
    return content if content.endswith(_END_OF_JPEG) else None


def _made(blob: Blob, size: int) -> bytes | None:
    if not _turns.acquire(timeout=_PATIENCE):
        return None
    try:
        found = _kept(blob, size)
        if found is not None:
            return found
        pieces = _run(blob)
        if not pieces:
            _keep(_path(blob.sha256, "none"), b"")
            return None
        for one, piece in pieces.items():
            _keep(_path(blob.sha256, one), piece)
        return pieces[size]
    finally:
        _turns.release()


def _keep(path: str, content: bytes) -> None:
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))


def _run(blob: Blob) -> dict[int, bytes]:
    """One JPEG per size; none where the child was stopped or could not read the picture."""
    with tempfile.TemporaryFile() as picture, tempfile.TemporaryFile() as answer:
        with default_storage.open(blob.path) as kept:
            for chunk in kept.chunks():
                picture.write(chunk)
        picture.seek(0)
        command = [sys.executable, "-s", "-E", "-m", "qdtrade.pictures_child", json.dumps(LIMITS)]
        child = subprocess.Popen(
            command, stdin=picture, stdout=answer, stderr=subprocess.DEVNULL, env={}, cwd=_ROOT
        )
        try:
            child.wait(timeout=LIMITS["seconds"])  # type: ignore[arg-type]
        except subprocess.TimeoutExpired:
            return {}
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
        answer.seek(0)
        return _pieces(answer.read()) if child.returncode == 0 else {}


def _pieces(answer: bytes) -> dict[int, bytes]:
    found = {}
    for size in (LARGE, SMALL):
        length = struct.unpack_from(">I", answer)[0] if len(answer) >= 4 else 0
        piece, answer = answer[4 : 4 + length], answer[4 + length :]
        if not length or not piece.endswith(_END_OF_JPEG):
            return {}
        found[size] = piece
    return found
