"""Keeping a file's bytes."""

import hashlib

from django.core.files.base import File
from django.core.files.storage import default_storage

from qdtrade import clock

from .models import Blob


def store(upload: "File[bytes]") -> Blob:
    """Write the bytes under their hash, once, and return their row.

    The file is written before the row, so a row always has its bytes; bytes without a row are swept by
    `sweep_evidence` after seven days (DECISIONS 16).
    """
    hasher = hashlib.sha256()
    for chunk in upload.chunks():
        hasher.update(chunk)
    found = Blob.objects.filter(sha256=hasher.hexdigest()).first()
    if found is not None:
        return found
    blob = Blob(sha256=hasher.hexdigest(), size=upload.size, created_at=clock.now())
    if not default_storage.exists(blob.path):
        upload.seek(0)
        default_storage.save(blob.path, upload)
    return Blob.objects.get_or_create(
        sha256=blob.sha256, defaults={"size": blob.size, "created_at": blob.created_at}
    )[0]
