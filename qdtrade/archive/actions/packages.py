"""Packages: asked for by a person, made by a worker or a command, taken away; each of these is recorded."""

import contextlib
import datetime
import hashlib
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from qdtrade.audit import checkpoints, trail
from qdtrade.audit.actions import sign_checkpoint
from qdtrade.audit.models import Chain
from qdtrade.audit.signing import NoKey
from qdtrade.programmes.models import Programme

from .. import rules
from ..models import Package
from ..packing import writing
from ..packing.range import range_of

Start = Callable[[int], object]
HEARD = datetime.timedelta(seconds=20)
"""So long after a sign of life a worker is left alone."""


def ask_package(
    programme: Programme,
    *,
    by: Any,
    parts: Sequence[str],
    from_on: datetime.date | None = None,
    to_on: datetime.date | None = None,
    start: Start | None = None,
) -> Package:
    """Have records packed; `start` puts the work into the queue, with the row or not at all.

    Raises ValidationError for days the wrong way round, WrongState for days in which nothing was recorded.
    """
    acting = rules.packs(programme, by)
    if from_on and to_on and to_on < from_on:
        raise ValidationError({"to": _("The last day comes before the first.")})
    range_of(Chain.objects.get(scope=programme.pk), from_on, to_on)
    with trail.unit() as unit:
        row = Package(
            programme=programme,
            from_on=from_on,
            to_on=to_on,
            parts=[part for part in Package.Part.values if part in parts],
            asked_at=unit.began,
            asked_by=by,
            queued_at=timezone.now(),
        )
        trail.create(row, by=by, acting=acting, action="ask_package")
        if start is not None:
            start(row.pk)
        return row


def begin_package(pk: int) -> Package | None:
    """Take on the work; None where there is none, or another worker has been heard a moment ago."""
    now = timezone.now()
    with transaction.atomic():
        row = Package.objects.select_for_update(of=("self",)).unfinished().filter(pk=pk).first()
        if row is None or (row.beat_at is not None and now - row.beat_at < HEARD):
            return None
        Package.objects.filter(pk=pk).update(beat_at=now, attempts=F("attempts") + 1)
    return Package.objects.for_list().get(pk=pk)


def beat_package(pk: int, done: int, total: int) -> None:
    """Say how far the work is, and that somebody is on it."""
    Package.objects.filter(pk=pk).update(done=done, total=total, beat_at=timezone.now())


def make_package(row: Package, *, by: Any, beat: writing.Beat) -> Package:
    """Write the file and keep what it came to; a half one never stands under its name."""
    if row.to_on is None:
        _sign_the_end()
    chain = Chain.objects.get(scope=row.programme_id)
    span = range_of(chain, row.from_on, row.to_on)
    part = row.path.with_suffix(".part")
    part.parent.mkdir(parents=True, exist_ok=True)
    with part.open("wb") as file:
        writing.write(row, span, file, by=by, beat=beat)
    with part.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    part.replace(row.path)
    fields = {
        "outcome": Package.Outcome.MADE,
        "first_seq": span.first,
        "last_seq": span.last,
        "size": row.path.stat().st_size,
        "sha256": sha256,
    }
    return _end(row, fields, by, "make_package")


def fail_package(row: Package, reason: str, *, by: Any) -> Package:
    """Stop the work and keep why."""
    ended = _end(row, {"outcome": Package.Outcome.FAILED}, by, "fail")
    Package.objects.filter(pk=row.pk).update(trouble=reason)
    ended.trouble = reason
    return ended


def ask_again(row: Package, *, start: Start) -> None:
    """Put work back into the queue that a worker took on and was not heard of since."""
    with transaction.atomic():
        Package.objects.filter(pk=row.pk).update(queued_at=timezone.now(), beat_at=None)
        start(row.pk)


def note_download(row: Package, *, by: Any) -> None:
    """Record that somebody takes a package away, before its first byte leaves."""
    acting = rules.reads_proof(row.programme, by)
    with trail.unit():
        trail.record(row, "download", by=by, acting=acting)


def _sign_the_end() -> None:
    """A checkpoint at the very end of the package, where there is a key and nothing speaks against signing."""
    if not checkpoints.troubles():
        with contextlib.suppress(NoKey):
            sign_checkpoint()


def _end(row: Package, fields: dict[str, Any], by: Any, action: str) -> Package:
    acting = rules.packs(row.programme, by)
    with trail.unit() as unit:
        return trail.change(row, fields | {"ended_at": unit.began}, by=by, acting=acting, action=action)
