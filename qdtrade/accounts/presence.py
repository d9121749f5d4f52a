"""Who is there: when a session began, from where and with which browser, and that it is in use.

The beginning is kept in the session's own data, from which `models.session` copies it into columns. That a session is
in use, which puts off its end, is written once a minute at most. The clock is the real one (DECISIONS 7).
"""

import datetime
import ipaddress

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest
from django.utils import timezone

from .actions.sessions import session_seen

NOTED_EVERY = datetime.timedelta(minutes=1)
KEPT = "presence"
"""The name under which the session keeps its beginning."""


def begin(request: HttpRequest) -> None:
    """A person has just signed in: this session begins now, whatever it was before."""
    request.session[KEPT] = {
        "started_at": timezone.now().isoformat(),
        "address": address_of(request),
        "agent": request.headers.get("User-Agent", "")[:200],
    }


def note(request: HttpRequest) -> None:
    """Remember that the session is in use; nothing for a request of nobody."""
    if SESSION_KEY not in request.session:
        return
    if KEPT not in request.session:
        begin(request)
    seen_at = getattr(request.session, "seen_at", None)
    if seen_at is not None and timezone.now() - seen_at >= NOTED_EVERY:
        session_seen(request.session.session_key)


def address_of(request: HttpRequest) -> str | None:
    """Where a request comes from: what our own proxy wrote last, never what a visitor may have written before it."""
    sent = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    found = sent.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(found))
    except ValueError:
        return None
