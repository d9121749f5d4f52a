"""What happens to an import while nobody waits for it: a worker reads the file, and applies it in a person's name.

Each task may run twice: it looks first whether there is still something to do, and whoever is second finds that
there is not. What stops a worker leaves the import as it was; `manage.py resume_imports` puts it back into the queue.
"""

import datetime
import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils import timezone, translation
from django_tasks import task

from qdtrade import clock, tables
from qdtrade.accounts.actions import service_user
from qdtrade.accounts.models import User
from qdtrade.errors import NotAllowed, Refusal, Stale, is_locked

from .actions import uploads as actions
from .kinds import DryRun
from .models import Import
from .reading.findings import Unreadable
from .reading.said import kept
from .reading.said import said as _

Status = Import.Status
Work = Callable[[Import], None]

logger = logging.getLogger(__name__)

BEAT = datetime.timedelta(seconds=1)
"""How often a worker says how far it is."""


@task()
def read_import(pk: int) -> None:
    """Read an uploaded file and keep what it would do."""
    _work(pk, Status.WAITING, _read)


@task()
def apply_import(pk: int) -> None:
    """Write what the person saw, if it is still that."""
    _work(pk, Status.APPLYING, _apply)


def start(row: Import) -> Callable[[int], object]:
    """What puts the work that an import waits for into the queue."""
    return (read_import if row.status == Status.WAITING else apply_import).enqueue


def _work(pk: int, status: str, work: Work) -> None:
    row = actions.begin(pk, status)
    if row is None:
        return
    with translation.override(row.added_by.language or settings.LANGUAGE_CODE):
        try:
            work(row)
        except Exception as fault:
            _stopped(row, fault)


def _stopped(row: Import, fault: Exception) -> None:
    """Keep the reason, unless the import is elsewhere by now or the database was only busy."""
    now = Import.objects.for_move().get(pk=row.pk)
    if now.status != row.status:
        return
    if is_locked(fault):
        raise fault
    if not isinstance(fault, Refusal | ValidationError):
        logger.error("Import %s stopped.", row.pk, exc_info=fault)
    actions.fail(now, _why(row, fault), by=service_user())


def _why(row: Import, fault: Exception) -> dict[str, Any]:
    words = {"person": str(row.added_by)}
    if isinstance(fault, NotAllowed):
        sentence = _("%(person)s may no longer import into this programme. Nothing was written.") % words
    elif isinstance(fault, ValidationError):
        sentence = _("%(reason)s Nothing was written.") % {"reason": " ".join(fault.messages)}
    elif isinstance(fault, Refusal):
        sentence = _("%(reason)s Nothing was written.") % {"reason": str(fault)}
    else:
        sentence = _(
            "A fault of the program stopped this. Nothing was written; the administrator can see why."
        )
    return {"reason": kept(sentence)}


def _read(row: Import) -> None:
    service = service_user()
    try:
        reading = _reading(*_compared(row, by=service))
    except (tables.BadFile, Unreadable) as fault:
        actions.keep_unreadable(row, _trouble(fault), by=service)
    else:
        actions.keep_reading(row, reading, by=service)


def _trouble(fault: tables.BadFile | Unreadable) -> dict[str, Any]:
    """Why a file cannot be read, in no language."""
    if isinstance(fault, tables.BadFile):
        return {"code": fault.code, "params": fault.params}
    return {"reason": kept(fault.reason), "cure": kept(fault.cure)}


def _apply(row: Import) -> None:
    """As the person, through the page; a dry run that has become another one is shown instead."""
    person = User.objects.get(pk=row.added_by_id)
    person.door = "page"
    found, seconds = _compared(row, by=person)
    if found.digest == row.digest and found.write is not None:
        try:
            actions.write(row, found, by=person, progress=_beating(row))
        except Stale:
            found, seconds = _compared(row, by=person)
        else:
            return
    changed = _("Something here has changed since you looked. Nothing was written; look again, then apply.")
    actions.show_anew(row, _reading(found, seconds), {"reason": kept(changed)}, by=service_user())


def _compared(row: Import, *, by: Any) -> tuple[DryRun, float]:
    """The file compared with what is here now, and how many seconds that took."""
    began = time.monotonic()
    with default_storage.open(row.blob.path) as file:
        book = tables.read(file.read(), row.name)
    found = row.what.compare(row, book, by, _beating(row))
    return found, time.monotonic() - began


def _reading(found: DryRun, seconds: float) -> actions.Reading:
    """What is kept of a dry run: when it was made, and how long that took, with the rest."""
    about = {"seconds": round(seconds, 1), "read_at": clock.now().isoformat()}
    summary = {**found.summary, "file": found.summary["file"] | about}
    return actions.Reading(found.counts, summary, found.digest, File(found.workbook(), name="rows.xlsx"))


def _beating(row: Import) -> Callable[[int, int], None]:
    """Says now and then how far the work is."""
    last = timezone.now() - BEAT

    def beat(done: int, total: int) -> None:
        nonlocal last
        if timezone.now() - last >= BEAT:
            last = timezone.now()
            actions.beat(row.pk, done, total)

    return beat
