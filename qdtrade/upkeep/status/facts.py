"""What the status page is put together from."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade.errors import Words


@dataclass(frozen=True)
class Fact:
    """One line: what it is about, how it stands, and where it stands badly, what that means and what to do."""

    label: Words
    value: str
    trouble: str = ""


def in_words(span: datetime.timedelta) -> str:
    """How long, in the largest unit that fits: 3 days, 5 hours, 12 minutes, 40 seconds, less."""
    seconds = int(span.total_seconds())
    if seconds >= 2 * 86400:
        return ngettext("%(n)d day", "%(n)d days", seconds // 86400) % {"n": seconds // 86400}
    if seconds >= 2 * 3600:
        return ngettext("%(n)d hour", "%(n)d hours", seconds // 3600) % {"n": seconds // 3600}
    if seconds >= 2 * 60:
        return ngettext("%(n)d minute", "%(n)d minutes", seconds // 60) % {"n": seconds // 60}
    if seconds == 0:
        return _("less than a second")
    return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
