"""Handing out a file, the same way through every door."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from qdtrade.tables import safe_filename

from .models import Link

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-store",
}


def download(link: Link) -> FileResponse:
    """The bytes, always as a download: no browser ever opens evidence as a page of ours."""
    if not default_storage.exists(link.blob.path):
        raise Http404
    return FileResponse(
        default_storage.open(link.blob.path),
        as_attachment=True,
        filename=safe_filename(link.name),
        content_type=link.media_type,
        headers=HEADERS,
    )
