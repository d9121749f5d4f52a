"""Accounts locked after repeated failures: who is, until when, and what they are told.

django-axes counts the failures by the name that was typed, whether or not there is such an account, so a lock tells
nobody which accounts exist. It is handed a keyed digest of the name: people type passwords into the wrong field.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from qdtrade.errors import Refusal
from qdtrade.templatetags import days
from qdtrade.web import refused_page

SALT = "qdtrade.accounts.locks"


class Locked(Refusal):
    """Too many wrong passwords for this name; the right one is not even looked at."""

    status = 429

    def __init__(self, until: datetime.datetime) -> None:
        words = _(
            "%(count)d wrong passwords in a row. Wait until %(time)s, or ask an administrator of your programme: they "
            "can unlock the account at once."
        )
        said = words % {"count": settings.AXES_FAILURE_LIMIT, "time": days.time_of_day(until)}
        super().__init__(f"{said}\n{settings.WHO_HELPS}".strip())
        self.wait = max(1, int((until - timezone.now()).total_seconds()))

    @property
    def title(self) -> str:
        return _("This account is locked")


def digest_of(username: str) -> str:
    """What stands for a name where failures are counted."""
    return salted_hmac(SALT, username, algorithm="sha256").hexdigest()


def counted_name(request: Any, credentials: Any) -> str | None:
    """For django-axes: the digest of the name that was given."""
    username = (credentials or {}).get("username")
    return digest_of(username) if username else None


def bare(request: HttpRequest) -> HttpRequest:
    """What django-axes may see of a request: never its form, which holds passwords."""
    seen = HttpRequest()
    names = ("REMOTE_ADDR", "HTTP_X_FORWARDED_FOR", "HTTP_USER_AGENT", "PATH_INFO")
    seen.META = {name: request.META[name] for name in names if name in request.META}
    return seen


def locked(usernames: Iterable[str]) -> dict[str, datetime.datetime]:
    """Those of these names that are locked, with the moment until when; one query."""
    names = {digest_of(username): username for username in usernames}
    now = timezone.now()
    attempts = AccessAttempt.objects.filter(attempt_time__gte=now - settings.AXES_COOLOFF_TIME)
    if len(names) == 1:
        attempts = attempts.filter(username=next(iter(names)))
    failures: dict[str, list[tuple[datetime.datetime, int]]] = defaultdict(list)
    for name, at, count in attempts.values_list("username", "attempt_time", "failures_since_start"):
        failures[name].append((at, count))
    ends = {names[name]: _end(failures[name]) for name in failures if name in names}
    return {username: end for username, end in ends.items() if end is not None and end > now}


def _end(failures: list[tuple[datetime.datetime, int]]) -> datetime.datetime | None:
    """When so many failures are forgotten that the rest is below the limit; None where it is below it now."""
    left, end = sum(count for _at, count in failures), None
    for at, count in sorted(failures):
        if left < settings.AXES_FAILURE_LIMIT:
            break
        left, end = left - count, at + settings.AXES_COOLOFF_TIME
    return end


def refuse_locked(username: str) -> None:
    """Raises Locked for a name that is."""
    until = locked([username]).get(username)
    if until is not None:
        raise Locked(until)


def locked_page(request: HttpRequest, response: Any = None, credentials: Any = None) -> HttpResponse:
    """For django-axes, should a door of somebody else's ever ask it with a whole request."""
    fault = Locked(timezone.now() + settings.AXES_COOLOFF_TIME)
    return refused_page(request, fault.status, fault.title, [str(fault)])
