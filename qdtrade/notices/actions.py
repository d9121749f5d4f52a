"""Writing to inboxes, in the transaction of the act that people are told about."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from .models import Notice


def tell(people: Iterable[Any], *, about: Any, move: str, by: Any, comment: str, at: datetime) -> None:
    """A notice for each person, once, and never for the one who acts."""
    params = {"label": str(about), "by": str(by.name), "comment": comment}
    rows = {
        person.pk: Notice(
            to=person,
            scope=about.trail_scope(),
            kind=str(about._meta.model_name),
            move=move,
            object_id=about.pk,
            params=params,
            created_at=at,
        )
        for person in people
        if person.pk != by.pk
    }
    if rows:
        Notice.objects.bulk_create(rows.values())


def mark_read(user: Any, notices: list[int] | None = None) -> int:
    """Mark these notices of the person, or all, as read; returns how many were unread. Not recorded (DECISIONS 14)."""
    rows = Notice.objects.visible_to(user).unread()
    if notices is not None:
        rows = rows.filter(pk__in=notices)
    return rows.update(read_at=timezone.now())
