"""Addresses of the pages that import one kind of file."""

from django.urls import URLPattern, path

from .views import uploads


def addresses(place: str, kind: str, name: str) -> list[URLPattern]:
    """Below `place`, for the kind of this name; `name` begins the names of the addresses."""
    of = {"kind": kind}
    return [
        path(f"{place}/import/", uploads.uploads, of, name=f"{name}_imports"),
        path(f"{place}/import/<int:pk>/", uploads.upload, of, name=f"{name}_import"),
        path(f"{place}/import/<int:pk>/rows/", uploads.upload_workbook, of, name=f"{name}_import_workbook"),
        path(f"{place}/import/<int:pk>/file/", uploads.upload_file, of, name=f"{name}_import_file"),
        path(f"{place}/import/<int:pk>/<slug:move>/", uploads.upload_move, of, name=f"{name}_import_move"),
    ]
