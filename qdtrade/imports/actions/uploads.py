"""Importing a file: upload, choices, applying, taking back, and what the worker keeps of its work.

Whoever asks for work passes `start`, which puts it into the queue: inside the unit, so that a task in the queue and
the state that waits for it come together or not at all.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from qdtrade.audit import trail
from qdtrade.audit.canonical import keepable
from qdtrade.errors import Stale
from qdtrade.evidence.actions import store
from qdtrade.programmes.models import Programme
from qdtrade.workflow import perform

from .. import rules
from .. import workflow as moves
from ..kinds import DryRun, Kind, Progress
from ..models import Import, ImportWorkbook

Start = Callable[[int], object]

MOST_ATTEMPTS = 3
"""How often work is begun before it is given up: what stops a worker three times will stop it again."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {
    ".xlsx": XLSX,
    ".xls": "application/vnd.ms-excel",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".txt": "text/plain",
}


@dataclass(frozen=True)
class Reading:
    """What reading a file came to: figures, what a page shows, a digest of what would be written, a workbook."""

    counts: dict[str, int]
    summary: dict[str, Any]
    digest: str
    workbook: "File[bytes]"


# What people do -------------------------------------------------------------------------------------------------------


def upload(
    kind: Kind,
    programme: Programme,
    file: "File[bytes]",
    *,
    by: Any,
    start: Start,
    instead_of: Import | None = None,
) -> Import:
    """Keep a file and have it read; the choices of the upload that it corrects go on, and that one is given up.

    Raises ValidationError for what can be told from the outside: no spreadsheet, empty, too large.
    """
    kind.runs(programme, by)
    name, media_type = _checked(file)
    blob = store(file)
    with trail.unit() as unit:
        acting = kind.runs(programme, by)
        row = Import(
            kind=kind.name,
            programme=programme,
            blob=blob,
            name=name,
            media_type=media_type,
            added_at=unit.began,
            added_by=by,
            choices=instead_of.choices if instead_of else {},
            asked_at=timezone.now(),
        )
        trail.create(row, by=by, acting=acting, action=kind.act)
        if instead_of is not None and instead_of.status in moves.DROP.sources:
            perform(moves.DROP, instead_of, by=by)
        start(row.pk)
        return row


def _checked(file: "File[bytes]") -> tuple[str, str]:
    """Name and media type of a file that may hold a table; only reading it tells more."""
    name = keepable(PurePath((file.name or "").replace("\\", "/")).name) or "file"
    ending = PurePath(name).suffix.lower()
    if ending not in MEDIA_TYPES:
        words = _(
            "%(name)s is not a spreadsheet. Save it as .xlsx in Excel or WPS (.xls and .csv are read too)."
        )
        raise ValidationError({"file": words % {"name": name}})
    if not file.size:
        raise ValidationError({"file": _("%(name)s is empty. Choose the file again.") % {"name": name}})
    if file.size > settings.MAX_FILE_BYTES:
        words = _("%(name)s is %(size).1f MB; the limit is %(limit)d MB. Remove pictures and unused sheets.")
        sizes = {"size": file.size / 1024**2, "limit": settings.MAX_FILE_BYTES // 1024**2}
        raise ValidationError({"file": words % {"name": name, **sizes}})
    return name[: -len(ending)][: 200 - len(ending)] + ending, MEDIA_TYPES[ending]


def read_again(
    row: Import, choices: dict[str, Any], *, by: Any, start: Start, seen: int | None = None
) -> Import:
    """Read a file again with what the person chose for names and columns."""
    with trail.unit():
        moved: Import = perform(moves.READ_AGAIN, row, by=by, seen=seen, choices=choices)
        _ask(moved)
        start(moved.pk)
        return moved


def apply_import(row: Import, *, by: Any, start: Start, seen: int | None = None) -> Import:
    """Have everything written that the dry run showed; `seen` is the version of the dry run that the person saw."""
    with trail.unit():
        moved: Import = perform(moves.APPLY, row, by=by, seen=seen)
        _ask(moved)
        start(moved.pk)
        return moved


def take_back(row: Import, *, by: Any, comment: str, seen: int | None = None) -> Import:
    """Undo an import whole, with a reason; raises WrongState that names the first thing that has built on it.

    The codes of rows that go may be used again: nobody ever worked on them.
    """
    undoing = row.what.taking_back
    with trail.unit():
        if undoing is not None:
            undoing.locks(row)
        moved: Import = perform(moves.TAKE_BACK, row, by=by, comment=comment, seen=seen)
        if undoing is not None:
            undoing.undo(moved, by, rules.runs(moved, by))
        return moved


def _ask(row: Import) -> None:
    """From now on a worker is waited for; by the real clock, and not recorded."""
    Import.objects.filter(pk=row.pk).update(
        asked_at=timezone.now(), beat_at=None, attempts=0, done=0, total=0, trouble={}
    )


# What the worker does -------------------------------------------------------------------------------------------------


def begin(pk: int, status: str) -> Import | None:
    """Take on the work of an import; None where there is none, or another worker has been heard a moment ago."""
    now = timezone.now()
    with transaction.atomic():
        row = Import.objects.select_for_update(of=("self",)).filter(pk=pk, status=status).first()
        if row is None or (row.beat_at is not None and now - row.beat_at < datetime.timedelta(seconds=20)):
            return None
        Import.objects.filter(pk=pk).update(beat_at=now, attempts=F("attempts") + 1)
    return Import.objects.for_move().get(pk=pk)


def beat(pk: int, done: int, total: int) -> None:
    """Say how far the work is, and that somebody is on it."""
    Import.objects.filter(pk=pk).update(done=done, total=total, beat_at=timezone.now())


def keep_reading(row: Import, reading: Reading, *, by: Any) -> Import:
    """Keep a dry run, to be shown."""
    return _keep(moves.READ, row, reading, {}, by)


def keep_unreadable(row: Import, trouble: dict[str, Any], *, by: Any) -> Import:
    """Keep why a file cannot be read."""
    with trail.unit():
        moved: Import = perform(moves.READ, row, by=by)
        _update(moved, trouble=trouble)
        return moved


def show_anew(row: Import, reading: Reading, trouble: dict[str, Any], *, by: Any) -> Import:
    """Nothing was written, because it would be something else than the person saw: show what it would be now."""
    return _keep(moves.SHOW_ANEW, row, reading, trouble, by)


def _keep(move: Any, row: Import, reading: Reading, trouble: dict[str, Any], by: Any) -> Import:
    with reading.workbook as made:
        blob = store(made)
    with trail.unit() as unit:
        moved: Import = perform(move, row, by=by, counts=reading.counts)
        _update(moved, summary=reading.summary, digest=reading.digest, trouble=trouble)
        words = _("result by row")
        name = f"{PurePath(row.name).stem[:180]}-{words}.xlsx"
        file = {"blob": blob, "name": name, "media_type": XLSX, "added_at": unit.began, "added_by": by}
        ImportWorkbook.objects.update_or_create(upload=moved, defaults=file)
        return moved


def write(row: Import, dry_run: DryRun, *, by: Any, progress: Progress) -> Import:
    """Write everything, in the name of the person who pressed apply and under the rights they have now."""
    if dry_run.write is None:
        raise Stale(_("Something stands against writing this file now."))
    with trail.unit():
        moved: Import = perform(moves.WRITE, row, by=by)
        dry_run.write(moved, by, progress)
        return moved


def fail(row: Import, trouble: dict[str, Any], *, by: Any) -> Import:
    """Stop the work and keep the reason; nothing was written."""
    with trail.unit():
        moved: Import = perform(moves.FAIL, row, by=by)
        _update(moved, trouble=trouble)
        return moved


def ask_again(row: Import, *, start: Start) -> None:
    """Put work back into the queue that a worker took on and was not heard of since."""
    with transaction.atomic():
        Import.objects.filter(pk=row.pk).update(asked_at=timezone.now(), beat_at=None)
        start(row.pk)


def _update(row: Import, **fields: Any) -> None:
    """Set what is not recorded."""
    Import.objects.filter(pk=row.pk).update(**fields)
    for name, value in fields.items():
        setattr(row, name, value)
