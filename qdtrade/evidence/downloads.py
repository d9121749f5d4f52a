"""Handing out a file, the same way through every door."""

from typing import cast

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag

from qdtrade.tables import safe_filename

from .actions import preview
from .models import Link

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
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


def preview_of(request: HttpRequest, link: Link, size: int) -> HttpResponse | None:
    """A picture that we made of the file, without what the camera wrote into it; None where there is none.

    The browser keeps it and asks each time whether it may still show it.
    """
    if not link.is_picture or not default_storage.exists(link.blob.path):
        return None
    picture = preview(link.blob, size)
    if picture is None:
        return None
    etag = quote_etag(f"{link.blob.sha256[:32]}-{size}")
    name = content_disposition_header(False, safe_filename(f"{link.name}.jpg")) or "inline"
    policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"  # a browser lays a lone picture out by styles
    headers = HEADERS | {
        "Content-Security-Policy": policy,
        "Cache-Control": "private, no-cache",
        "Content-Disposition": name,
        "ETag": etag,
    }
    answer = HttpResponse(picture, content_type="image/jpeg", headers=headers)
    return cast("HttpResponse", get_conditional_response(request, etag=etag, response=answer))
