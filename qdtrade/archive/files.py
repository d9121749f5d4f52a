"""Whether every file is still what it was: its bytes against its hash, its hash against the records."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from qdtrade.audit.models import Event
from qdtrade.audit.trail import kind_of
from qdtrade.evidence.models import Blob, Link

PAGE = 500


@dataclass(frozen=True)
class Damage:
    """A file that is gone, changed, or not the one that the records name."""

    code: str
    name: str

    def __str__(self) -> str:
        words = {
            "gone": _("The file %(name)s is gone"),
            "changed": _("The file %(name)s was changed: its bytes have another hash"),
            "other": _("%(name)s stands for another file than the records say"),
        }
        return words[self.code] % {"name": self.name}


def damaged() -> Iterator[Damage]:
    """Every file that somebody filed, one after another, read whole."""
    yield from _bytes()
    for model in apps.get_models():
        if issubclass(model, Link) and hasattr(model, "recorded"):
            yield from _links(model)


def sha256_of(path: str) -> str | None:
    """The hash of the bytes that the storage keeps; None where there are none."""
    if not default_storage.exists(path):
        return None
    with default_storage.open(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _bytes() -> Iterator[Damage]:
    linked = [model for model in apps.get_models() if issubclass(model, Link)]
    for pk, sha256 in Blob.objects.order_by("pk").values_list("pk", "sha256").iterator(chunk_size=PAGE):
        found = sha256_of(Blob(sha256=sha256).path)
        if found == sha256:
            continue
        if any(model._default_manager.filter(blob=pk).exists() for model in linked):
            yield Damage("gone" if found is None else "changed", sha256)


def _links(model: type[Link]) -> Iterator[Damage]:
    """Rows whose file is not the one that their records name."""
    last = 0
    rows = model._default_manager.order_by("pk")
    while page := list(rows.filter(pk__gt=last).values_list("pk", "name", "blob__sha256")[:PAGE]):
        last = page[-1][0]
        said = _said(kind_of(model), [pk for pk, _name, _sha in page])
        for pk, name, sha256 in page:
            if said[pk] - {sha256}:
                yield Damage("other", name)


def _said(kind: str, ids: list[int]) -> dict[int, set[str]]:
    """The hashes that the records of these objects name; records of an older program name none."""
    found: dict[int, set[str]] = defaultdict(set)
    events = Event.objects.filter(kind=kind, object_id__in=ids, line__contains='"file":"')
    for object_id, line in events.order_by("pk").values_list("object_id", "line"):
        sha256 = json.loads(line).get("file")
        if sha256:
            found[object_id].add(sha256)
    return found
