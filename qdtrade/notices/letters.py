"""A mail as it leaves: whether there is still reason to send it, and its words in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade.audit.models import Chain

from .models import Mail, Notice, Outcome, Wanted
from .words import KINDS, path, sentence

LONGEST_SUBJECT = 120


@dataclass(frozen=True)
class End:
    """What becomes of one mail now: an outcome without a letter, or what the letter says."""

    mail: Mail
    outcome: str = ""
    words: str = ""
    comment: str = ""
    url: str = ""
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Letter:
    """A message, and the ids of the mails that it carries."""

    message: EmailMultiAlternatives
    mails: list[int]


def outcome_now(mail: Mail) -> End:
    """Asked at the last moment: address, wish, scope, and whether there is anything left to tell."""
    notice, person = mail.notice, mail.notice.to
    person.forget()
    if not person.email or not person.is_active:
        return End(mail, Outcome.NO_ADDRESS)
    kind = KINDS.get(notice.kind)
    if kind is None:
        return End(mail, Outcome.SETTLED)
    if person.mails == Wanted.REMINDERS and kind.group != "reminders" and not mail.is_urgent:
        return End(mail, Outcome.NOT_WANTED)
    if not kind.sees(notice, person):
        return End(mail, Outcome.NOT_SEEN)
    with translation.override(language_of(person)):
        lines = kind.lines(notice, person)
        if lines is None:
            return End(mail, Outcome.SETTLED)
        return End(mail, "", sentence(notice), notice.params.get("comment", ""), _url(notice), lines)


def language_of(person: Any) -> str:
    """The language that the person chose, Chinese where they chose none."""
    return person.language if person.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def written(ends: Sequence[End]) -> Letter:
    """The letter that tells all of these to their one reader: plain text, and simple HTML beside it."""
    person = ends[0].mail.notice.to
    with translation.override(language_of(person)):
        context = {
            "person": person,
            "ends": ends,
            "inbox": f"{settings.SITE_URL}{reverse('notices')}",
            "profile": f"{settings.SITE_URL}{reverse('profile')}",
        }
        message = EmailMultiAlternatives(
            subject=subject(ends),
            body=render_to_string("emails/notice.txt", context),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[person.email],
            headers={
                # The same however often it is tried: whoever gets it twice is shown it once.
                "Message-ID": f"<notice-{ends[0].mail.notice_id}@{urlsplit(settings.SITE_URL).hostname}>",
                "Auto-Submitted": "auto-generated",
                "X-Auto-Response-Suppress": "All",
            },
        )
        message.attach_alternative(render_to_string("emails/notice.html", context), "text/html")
    return Letter(message, [end.mail.pk for end in ends])


def subject(ends: Sequence[End]) -> str:
    """One line, whatever people typed: a line feed would begin another header."""
    if len(ends) == 1:
        mark = _("[Urgent] ") if ends[0].mail.is_urgent else ""
        words = f"{mark}{ends[0].words}"
    else:
        words = ngettext("%(count)d notice", "%(count)d notices", len(ends)) % {"count": len(ends)}
    line = " ".join("".join(one if one.isprintable() else " " for one in words).split())
    name = _("Pilot register")
    return f"{line[:LONGEST_SUBJECT]} · {name}"


def _url(notice: Notice) -> str:
    code = Chain.objects.filter(scope=notice.scope).values_list("code", flat=True).first() or ""
    way = path(notice, code)
    return f"{settings.SITE_URL}{way}" if way else ""
