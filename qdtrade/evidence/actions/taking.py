"""Taking in the files that come with an act, before the act is made."""

from collections.abc import Iterable
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.base import File

from ..kinds import media_type
from ..models import Blob
from ..names import plain_name
from .keeping import store


class Taken(NamedTuple):
    """A file whose bytes are kept and that no row names yet."""

    blob: Blob
    name: str
    media_type: str


def take_in(uploads: Iterable["File[bytes]"]) -> tuple[list[Taken], list[str]]:
    """Keep the bytes of what comes with an act, and say why each of the others was refused."""
    kept, refused = [], []
    for upload in uploads:
        try:
            kind = media_type(upload)
        except ValidationError as fault:
            refused += fault.messages
            continue
        kept.append(Taken(store(upload), plain_name(upload.name or ""), kind))
    return kept, refused
