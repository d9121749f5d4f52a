"""Writing to inboxes, in the transaction of the act that people are told about."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from qdtrade.templatetags.words import standing_in

from ..models import Attempt, Mail, Notice


def tell(people: Iterable[Any], *, about: Any, move: str, by: Any, comment: str, at: datetime, acting_for: str = "",
         params: Mapping[str, Any] | None = None, is_urgent: bool = False) -> list[Notice]:  # fmt: skip
    """A notice for each person, once, and never for the one who acts; it names the one whom a deputy acts for, too.

    Beside it a mail goes into the outbox, in the same transaction; one that is urgent waits for no morning.
    """
    with translation.override(settings.LANGUAGE_CODE):  # whoever acts, inboxes name things in one language
        said = {"label": str(about), "by": standing_in(by.name, acting_for), "comment": comment}
    rows = {
        person.pk: Notice(
            to=person,
            scope=about.trail_scope(),
            kind=str(about._meta.model_name),
            move=move,
            object_id=about.pk,
            params=said | dict(params or {}),
            created_at=at,
        )
        for person in people
        if person.pk != by.pk
    }
    if not rows:
        return []
    notices = Notice.objects.bulk_create(rows.values())
    if settings.MAIL_ON:
        now = timezone.now()
        Mail.objects.bulk_create(
            Mail(notice=notice, is_urgent=is_urgent, created_at=now, next_at=now) for notice in notices
        )
    return notices


def mark_read(user: Any, notices: list[int] | None = None, *, kinds: list[str] | None = None) -> int:
    """Mark these notices of the person, those of some kinds, or all, as read; returns how many were unread.

    Not recorded (DECISIONS 14).
    """
    rows = Notice.objects.visible_to(user).unread()
    if notices is not None:
        rows = rows.filter(pk__in=notices)
    if kinds is not None:
        rows = rows.filter(kind__in=kinds)
    return rows.update(read_at=timezone.now())


def forget_about(kind: str, ids: Sequence[int]) -> None:
    """Remove the notices about rows that are gone, with their mails and what became of them. Not recorded."""
    notices = Notice.objects.filter(kind=kind, object_id__in=ids)
    mails = Mail.objects.filter(notice__in=notices)
    Attempt.objects.filter(mail__in=mails).delete()
    mails.delete()
    notices.delete()
