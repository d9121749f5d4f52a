"""How much room there is, how much is used, and when it was last copied."""

import datetime
import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count, Func, IntegerField, Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade.audit.models import Chain
from qdtrade.evidence.models import Blob

from ..archive import kept_archives
from .facts import Fact, in_words

LEAST_FREE = 1024**3
LEAST_SHARE = 0.05
"""Less free room than a GB, or than a twentieth, is told."""


def room_facts() -> list[Fact]:
    """Sizes of database and evidence, what is free where they are kept, and the newest backup."""
    return [_database(), _evidence(), *_disks(), _backup()]


def _database() -> Fact:
    return Fact(_("Database"), filesizeformat(_database_size()))


def _database_size() -> int:
    if connection.vendor == "postgresql":
        name = Func(function="current_database")
        size = Func(name, function="pg_database_size", output_field=IntegerField())
        return Chain.objects.annotate(size=size).values_list("size", flat=True).order_by("pk").first() or 0
    path = Path(str(connection.settings_dict["NAME"]))
    parts = [path, path.with_name(f"{path.name}-wal")]
    return sum(part.stat().st_size for part in parts if part.is_file())


def _evidence() -> Fact:
    found = Blob.objects.aggregate(files=Count("pk"), size=Sum("size"))
    count = ngettext("%(count)d file", "%(count)d files", found["files"]) % {"count": found["files"]}
    words = _("%(files)s, %(size)s in all") % {"files": count, "size": filesizeformat(found["size"] or 0)}
    return Fact(_("Evidence"), words)


def _disks() -> list[Fact]:
    """What is free for the database (where it is a file) and for evidence; told once where both share a disk."""
    places = {_("Free for evidence"): Path(settings.MEDIA_ROOT)}
    if connection.vendor == "sqlite":
        places[_("Free for the database")] = Path(str(connection.settings_dict["NAME"])).parent
    found: dict[int, Fact] = {}
    for label, place in places.items():
        folder = next(folder for folder in (place, *place.absolute().parents) if folder.is_dir())
        found.setdefault(folder.stat().st_dev, _disk(label, folder))
    return list(found.values())


def _disk(label: str, folder: Path) -> Fact:
    total, _used, free = shutil.disk_usage(folder)
    words = _("%(free)s of %(total)s") % {"free": filesizeformat(free), "total": filesizeformat(total)}
    is_full = free < LEAST_FREE or free < total * LEAST_SHARE
    trouble = _("The disk is nearly full. Make room before the database cannot write.")
    return Fact(label, words, trouble if is_full else "")


def _backup() -> Fact:
    """Whether it is late stands with its timer."""
    newest = next(iter(kept_archives()), None)
    if newest is None:
        return Fact(_("Newest backup"), _("none on this machine"))
    seen = newest.stat()
    age = in_words(timezone.now() - datetime.datetime.fromtimestamp(seen.st_mtime, tz=datetime.UTC))
    words = _("%(span)s old, %(size)s") % {"span": age, "size": filesizeformat(seen.st_size)}
    return Fact(_("Newest backup"), words)
