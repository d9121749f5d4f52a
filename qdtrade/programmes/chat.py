"""A reminder as a text to paste into a bureau's chat group, in Chinese or English."""

from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.templatetags import days

from .duties import Thing
from .models import Programme
from .notice_words import line_of

MOST_LINES = 30


def chat_text(
    programme: Programme,
    bureau: Bureau,
    owed: Sequence[Thing],
    *,
    by: Any,
    note: str,
    language: str,
    work_url: str,
) -> str:
    """Greeting, what is owed by when, the note, where to go and whom to ask; plain lines that every chat keeps.

    `work_url` is the whole address of “my work”, by the name under which the asker reached this site.
    """
    with translation.override(language):
        head = _("[%(programme)s] %(bureau)s, a reminder from the pilot office (as of %(moment)s):") % {
            "programme": programme.short_name or programme.display_name,
            "bureau": bureau,
            "moment": days.moment_in_words(clock.now()),
        }
        lines = [f"{number}. {line_of(thing)}" for number, thing in enumerate(owed[:MOST_LINES], 1)]
        rest = len(owed) - MOST_LINES
        if rest > 0:
            lines.append(ngettext("and %(n)d more", "and %(n)d more", rest) % {"n": rest})
        where = _("Please do this in the register: %(address)s") % {
            "address": f"{work_url}?programme={programme.code}"
        }
        asks = _("Questions: %(person)s, pilot office.") % {"person": by.name}
        return "\n".join(filter(None, [head, *lines, note, where, asks]))
