"""Work in the background: begun by one worker at a time, heard of, put back into the queue. Not recorded."""

import datetime
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..models import Work

W = TypeVar("W", bound=Work)
Start = Callable[[int], object]
HEARD = datetime.timedelta(seconds=20)
"""So long after a sign of life a worker is left alone."""


def begin(model: type[W], pk: int) -> W | None:
    """Take on the work; None where there is none, or another worker has been heard a moment ago."""
    now = timezone.now()
    rows: Any = model._default_manager
    with transaction.atomic():
        row = rows.select_for_update(of=("self",)).unfinished().filter(pk=pk).first()
        if row is None or (row.beat_at is not None and now - row.beat_at < HEARD):
            return None
        rows.filter(pk=pk).update(beat_at=now, attempts=F("attempts") + 1)
    found: W = rows.for_list().get(pk=pk)
    return found


def beat(row: Work, done: int, total: int, **reached: Any) -> None:
    """Say how far the work is, and that somebody is on it."""
    type(row)._default_manager.filter(pk=row.pk).update(
        done=done, total=total, beat_at=timezone.now(), **reached
    )


def ask_again(row: Work, *, start: Start) -> None:
    """Put work back into the queue that a worker took on and was not heard of since."""
    with transaction.atomic():
        type(row)._default_manager.filter(pk=row.pk).update(queued_at=timezone.now(), beat_at=None)
        start(row.pk)
