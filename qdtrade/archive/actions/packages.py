"""Packages: asked for by a person, made by a worker or a command, taken away; each of these is recorded."""

import contextlib
import datetime
import hashlib
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from qdtrade.audit import checkpoints, trail
from qdtrade.audit.actions import sign_checkpoint
from qdtrade.audit.models import Chain
from qdtrade.audit.signing import NoKey
from qdtrade.errors import WrongState
from qdtrade.programmes.models import Programme

from .. import rules
from ..models import Package
from ..packing import writing
from ..packing.range import range_of
from .running import Start


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
    if start is not None and Package.objects.unfinished().filter(programme=programme).exists():
        raise WrongState(_("A package of this programme is being made; wait until it is done."))
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


def forget_files(before: datetime.datetime) -> list[str]:
    """Remove the files of packages that were made before this moment; that they were made stays known."""
    gone = []
    for row in (
        Package.objects.for_list().filter(outcome=Package.Outcome.MADE, ended_at__lt=before).order_by("pk")
    ):
        if row.path.is_file():
            row.path.unlink()
            gone.append(row.name)
    return gone
