"""Noting that sessions are in use; not recorded (DECISIONS 14)."""

import datetime

from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from qdtrade.errors import is_locked

from ..models import Session


def session_seen(key: str | None) -> None:
    """The session is in use, so its end is put off; where the database is busy, the next request says it again."""
    now = timezone.now()
    until = now + datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE)
    try:
        Session.objects.filter(pk=key).update(seen_at=now, expire_date=until)
    except OperationalError as fault:
        if not is_locked(fault):
            raise
