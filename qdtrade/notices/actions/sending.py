"""Letting mails leave: claimed in a short transaction, sent outside any, the outcome written afterwards.

So a slow mail server blocks nobody's move, two runs never send the same mail, and what a killed run held is free
again after a while. Nothing here is recorded (DECISIONS 14).
"""

import datetime
import smtplib
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from ..hours import digest_moment, is_quiet
from ..letters import Letter, outcome_now, written
from ..models import Attempt, Mail, Outcome, Wanted

HOLD = datetime.timedelta(minutes=15)
"""How long a run may need for one letter; after that the mails of a killed one are free again."""
FIRST_WAIT = datetime.timedelta(minutes=5)
LONGEST_WAIT = datetime.timedelta(hours=6)
AT_A_TIME = 200
KEPT = datetime.timedelta(days=90)
"""How long it is known what became of a mail."""

Working = Callable[[datetime.date], bool]
FAULTS = (smtplib.SMTPException, OSError, ValueError)
"""What a mail server, the network or an address that is none may raise; never a fault of ours to hide."""


class Unreachable(Exception):
    """The mail server does not answer; every mail keeps waiting, and no attempt is counted."""


def send_due(*, is_working: Working, waits: bool = True) -> Counter[str]:
    """Send what may leave now; returns how many mails came to which outcome (“again” for those tried again later).

    Not `waits`: neither for the hours in which mails leave nor for the daily mail. Raises Unreachable.
    """
    done: Counter[str] = Counter()
    connection = _Connection()
    try:
        for mails in _letters(is_working, waits):
            done.update(_send(mails, connection))
    finally:
        connection.close()
    return done


def again(since: datetime.datetime) -> int:
    """Put mails that were given up since then back into the outbox, with all their attempts before them."""
    rows = Mail.objects.given_up_since(since)
    return rows.update(outcome="", ended_at=None, attempts=0, next_at=timezone.now())


def let_rest() -> int:
    """Send nothing of what waits now: what a demo tells while it is loaded is old news."""
    return Mail.objects.waiting().update(outcome=Outcome.SETTLED, ended_at=timezone.now())


def forget_old(now: datetime.datetime) -> int:
    """Forget what became of mails long ago; the notices stay in the inboxes."""
    with transaction.atomic():
        old = Mail.objects.exclude(outcome="").filter(ended_at__lt=now - KEPT).order_by("pk")
        ids = list(old.values_list("pk", flat=True)[: AT_A_TIME * 10])
        Attempt.objects.filter(mail__in=ids).delete()
        return Mail.objects.filter(pk__in=ids).delete()[0]


def _letters(is_working: Working, waits: bool) -> Iterator[Sequence[Mail]]:
    """The mails that leave together, held by this run: one by one, or all of a person who wants one a day."""
    while True:
        now = timezone.now()
        quiet = waits and is_quiet(now, is_working)
        until = digest_moment(now, is_working) if waits else now
        rows = Mail.objects.leaving_at(now, is_quiet=quiet, digest_at=until)
        found = list(rows.select_related("notice__to").in_order()[:AT_A_TIME])
        if not found:
            return
        for ids in _together(found, rows):
            held = _held(ids)
            if held:
                yield held


def _together(found: Sequence[Mail], rows: Any) -> Iterator[list[int]]:
    for mail in found:
        if mail.is_urgent or mail.notice.to.mails != Wanted.DAILY:
            yield [mail.pk]
    daily = [mail for mail in found if not mail.is_urgent and mail.notice.to.mails == Wanted.DAILY]
    for person in sorted({mail.notice.to_id for mail in daily}):
        all_of_them = rows.filter(notice__to=person, is_urgent=False).in_order()
        yield list(all_of_them.values_list("pk", flat=True))


def _held(ids: list[int]) -> list[Mail]:
    """These mails, claimed for this run; those that another run has are left to it."""
    now, holder = timezone.now(), uuid.uuid4()
    Mail.objects.free_at(now).filter(pk__in=ids).update(holder=holder, held_until=now + HOLD)
    return list(Mail.objects.filter(holder=holder).select_related("notice__to").order_by("pk"))


def _send(mails: Sequence[Mail], connection: "_Connection") -> Iterator[str]:
    """Send one letter with all of these that there is still reason to tell; yields what became of each."""
    ends = [(mail, outcome_now(mail)) for mail in mails]
    for outcome, group in groupby(
        sorted(ends, key=lambda end: end[1].outcome), key=lambda end: end[1].outcome
    ):
        if outcome:
            ended = [mail.pk for mail, _end in group]
            _end(ended, outcome)
            yield from [outcome] * len(ended)
    telling = [end for _mail, end in ends if not end.outcome]
    if telling:
        letter = written(telling)
        outcome = _hand_over(letter, connection)
        yield from [outcome] * len(telling)


def _hand_over(letter: Letter, connection: "_Connection") -> str:
    """Give a letter to the mail server, and note how it went."""
    try:
        connection.open()
    except FAULTS as fault:
        _let_go(letter.mails)
        raise Unreachable(_told(fault)) from fault
    try:
        connection.send(letter)
    except FAULTS as fault:
        connection.close()
        return _failed(letter.mails, _told(fault))
    now = timezone.now()
    with transaction.atomic():
        Attempt.objects.bulk_create(Attempt(mail_id=pk, at=now, is_well=True) for pk in letter.mails)
        Mail.objects.filter(pk__in=letter.mails).update(attempts=F("attempts") + 1)
        _end(letter.mails, Outcome.SENT)
    return str(Outcome.SENT)


def _failed(ids: list[int], words: str) -> str:
    """Try again later, each time twice as late, and give up after so many attempts."""
    now = timezone.now()
    with transaction.atomic():
        Attempt.objects.bulk_create(Attempt(mail_id=pk, at=now, is_well=False, words=words) for pk in ids)
        Mail.objects.filter(pk__in=ids).update(attempts=F("attempts") + 1)
        last = Mail.objects.filter(pk__in=ids, attempts__gte=settings.MAIL_ATTEMPTS)
        given_up = list(last.values_list("pk", flat=True))
        _end(given_up, Outcome.GIVEN_UP)
        for mail in Mail.objects.filter(pk__in=set(ids) - set(given_up)).order_by("pk"):
            wait = min(FIRST_WAIT * 2 ** (mail.attempts - 1), LONGEST_WAIT)
            Mail.objects.filter(pk=mail.pk).update(next_at=now + wait, holder=None, held_until=None)
    return str(Outcome.GIVEN_UP) if given_up else "again"


def _end(ids: list[int], outcome: str) -> None:
    rows = Mail.objects.filter(pk__in=ids)
    rows.update(outcome=outcome, ended_at=timezone.now(), holder=None, held_until=None)


def _let_go(ids: list[int]) -> None:
    Mail.objects.filter(pk__in=ids).update(holder=None, held_until=None)


def _told(fault: Exception) -> str:
    """What went wrong, on one line, without the address (a fault of SMTP may quote it)."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        code, reply = next(iter(fault.recipients.values()), (0, b""))
        words = f"{code} {_text(reply)}"
    elif isinstance(fault, smtplib.SMTPResponseException):
        words = f"{fault.smtp_code} {_text(fault.smtp_error)}"
    else:
        words = f"{type(fault).__name__}: {fault}"
    return " ".join(words.split())[:300] or _("no reason given")


def _text(reply: bytes | str) -> str:
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply


class _Connection:
    """The mail server, asked for when the first letter is ready and anew after one that failed."""

    def __init__(self) -> None:
        self.backend: Any = None

    def open(self) -> None:
        if self.backend is None:
            backend = get_connection(fail_silently=False)
            backend.open()
            self.backend = backend

    def send(self, letter: Letter) -> None:
        letter.message.connection = self.backend
        letter.message.send(fail_silently=False)

    def close(self) -> None:
        backend, self.backend = self.backend, None
        if backend is not None:
            backend.close()
