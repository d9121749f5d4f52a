"""Keeping a file's bytes, and clearing away those that nobody came to need."""

import datetime
import hashlib
from collections.abc import Iterator

from django.apps import apps
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from ..models import Blob, Link
from .previews import forget, forget_strays

KEPT_UNUSED = datetime.timedelta(days=7)
"""How long bytes wait for the act that links them (DECISIONS 16)."""


def store(upload: "File[bytes]") -> Blob:
    """Keep the bytes under their hash, once, and return their row; the caller links it in a unit of its own.

    The row comes first and is made young again, so that a sweep at this very moment leaves the bytes alone.
    """
    hasher = hashlib.sha256()
    for chunk in upload.chunks():
        hasher.update(chunk)
    blob, _new = Blob.objects.update_or_create(
        sha256=hasher.hexdigest(), defaults={"size": upload.size, "created_at": timezone.now()}
    )
    if not _is_whole(blob):
        upload.seek(0)
        default_storage.delete(blob.path)
        default_storage.save(blob.path, upload)
    return blob


def _is_whole(blob: Blob) -> bool:
    """Whether the storage has all the bytes: a write that was cut off leaves fewer."""
    return default_storage.exists(blob.path) and default_storage.size(blob.path) == blob.size


def sweep() -> list[str]:
    """Remove bytes that have waited too long for a link, and return where they were. Links are never touched."""
    long_ago = timezone.now() - KEPT_UNUSED
    unused = Blob.objects.filter(created_at__lt=long_ago)
    for model in _links():
        unused = unused.exclude(pk__in=model._default_manager.values("blob"))
    swept = [blob.path for blob in unused.order_by("pk") if _remove(blob, long_ago)]
    swept += [path for path in _stray_files(long_ago) if _remove_stray(path)]
    return swept + forget_strays()


def _links() -> list[type[Link]]:
    return [model for model in apps.get_models() if issubclass(model, Link)]


def _remove(blob: Blob, long_ago: datetime.datetime) -> bool:
    """Whether the row was still old and unused under its lock; then row and bytes are gone."""
    with transaction.atomic():
        row = Blob.objects.select_for_update().filter(pk=blob.pk, created_at__lt=long_ago).first()
        if row is None or any(model._default_manager.filter(blob=row).exists() for model in _links()):
            return False
        row.delete()
        default_storage.delete(row.path)
        forget(row.sha256)
        return True


def _stray_files(long_ago: datetime.datetime) -> Iterator[str]:
    """Old files in the store's folders: what was copied there by hand, or left by a row that is gone."""
    if not default_storage.exists(""):
        return
    for first in default_storage.listdir("")[0]:
        for second in default_storage.listdir(first)[0]:
            folder = f"{first}/{second}"
            for name in default_storage.listdir(folder)[1]:
                path = f"{folder}/{name}"
                if len(first) == len(second) == 2 and default_storage.get_modified_time(path) < long_ago:
                    yield path


def _remove_stray(path: str) -> bool:
    """Remove a file that no row names. A row is made for the moment, so that somebody who stores the same waits."""
    name = path.rsplit("/", 1)[1]
    with transaction.atomic():
        row, is_new = Blob.objects.get_or_create(
            sha256=name[:64], defaults={"size": 1, "created_at": timezone.now()}
        )
        if not is_new and row.path == path:
            return False
        default_storage.delete(path)
        if is_new:
            row.delete()
        return True
