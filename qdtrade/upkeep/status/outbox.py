"""How the outbox stands: what waits and for how long, and what could not be delivered."""

import datetime

from django.conf import settings
from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade import clock
from qdtrade.notices.hours import digest_moment, is_quiet
from qdtrade.notices.models import Attempt, Mail, Outcome
from qdtrade.programmes.calendar import Calendar

from .facts import Fact, in_words

LATE = datetime.timedelta(hours=1)
"""How long a mail that may leave may wait before it is told."""
REMEMBERED = datetime.timedelta(days=14)
NAMED = 3
"""So many of the mails that were given up are named."""


def outbox_facts() -> list[Fact]:
    """Nothing but counts, spans and, for what was given up, the names of the people and what the server said."""
    if not settings.MAIL_ON:
        return [Fact(_("Mails"), _("off: no mail server is set"))]
    now = timezone.now()
    waiting, failed = Q(outcome=""), Q(outcome="", attempts__gt=0)
    ended = Q(ended_at__gte=now - REMEMBERED)
    found = Mail.objects.aggregate(
        waiting=Count("pk", filter=waiting),
        oldest=Min("created_at", filter=waiting),
        trying=Count("pk", filter=failed),
        sent=Count("pk", filter=ended & Q(outcome=Outcome.SENT)),
        lost=Count("pk", filter=ended & Q(outcome=Outcome.GIVEN_UP)),
        nowhere=Count("pk", filter=ended & Q(outcome=Outcome.NO_ADDRESS)),
    )
    return [
        Fact(_("Waiting"), _mails(found["waiting"], found["oldest"], now), _late(now)),
        Fact(_("Tried in vain so far"), _mails(found["trying"], None, now)),
        Fact(_("Sent in the last 14 days"), _mails(found["sent"], None, now)),
        Fact(_("Given up in the last 14 days"), _mails(found["lost"], None, now), _lost(found["lost"], now)),
        Fact(_("For people without a mail address"), _mails(found["nowhere"], None, now)),
    ]


def _mails(count: int, oldest: datetime.datetime | None, now: datetime.datetime) -> str:
    words = ngettext("%(count)d mail", "%(count)d mails", count) % {"count": count}
    if oldest is None:
        return words
    return _("%(mails)s, the oldest for %(span)s") % {"mails": words, "span": in_words(now - oldest)}


def _late(now: datetime.datetime) -> str:
    """What may leave leaves within the hour, counted from the morning and from the moment of the daily mails."""
    is_working = Calendar().is_working
    quiet, digest = is_quiet(now, is_working), digest_moment(now, is_working)
    rows = Mail.objects.leaving_at(now, is_quiet=quiet, digest_at=digest)
    due = rows.aggregate(due=Min("next_at"))["due"]
    day = now.astimezone(clock.BEIJING).date()
    begins = datetime.datetime.combine(day, settings.MAIL_HOURS[0], clock.BEIJING)
    if due is None or clock.is_demo() or now - max(due, begins, digest) < LATE:
        return ""
    return _("Mails wait and none leaves. Look at manage.py send_notices and at the mail server.")


def _lost(count: int, now: datetime.datetime) -> str:
    if not count:
        return ""
    said = Attempt.objects.filter(mail=OuterRef("pk")).order_by("-at", "-pk").values("words")[:1]
    rows = Mail.objects.given_up_since(now - REMEMBERED).annotate(said=Subquery(said))
    rows = rows.select_related("notice__to").order_by("-ended_at", "-pk")[:NAMED]
    colon = _(": ")
    named = _("; ").join(f"{mail.notice.to}{colon}{mail.said or '—'}" for mail in rows)
    words = ngettext(
        "%(count)d mail could not be delivered (%(named)s). Correct the address, then run send_notices --again.",
        "%(count)d mails could not be delivered (%(named)s). Correct the addresses, then run send_notices --again.",
        count,
    )
    return words % {"count": count, "named": named}
