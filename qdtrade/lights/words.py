"""The sentence that says why a light is what it is, in the reader's language."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qdtrade.programmes.models import Period

Reason = Mapping[str, Any]
"""As it is kept: a `code`, a `level`, and what its words name."""

Say = Callable[[Reason], str]

_said: dict[str, Say] = {}


def teach(said: Mapping[str, Say]) -> None:
    """An app's own codes, and who puts them into words."""
    for code, say in said.items():
        _said[code] = say


def sentence(reasons: Iterable[Reason] | None) -> str:
    """All reasons, the worst first; empty where there is none."""
    return pgettext("between reasons", "; ").join(words_of(one) for one in reasons or ())


def words_of(reason: Reason) -> str:
    """One reason; a code that nobody knows any more reads as it is kept."""
    say = _said.get(reason["code"])
    return say(reason) if say is not None else str(reason["code"])


def period_of(reason: Reason) -> str:
    """The name of the period that a reason is about."""
    return str(Period(kind=reason["kind"], starts_on=datetime.date.fromisoformat(reason["period"])))


def counted(points: str) -> int:
    """What decides between singular and plural of a number that may have digits."""
    return 1 if points == "1" else 2


def _behind(reason: Reason) -> str:
    words = ngettext(
        "%(points)s point behind planned progress",
        "%(points)s points behind planned progress",
        counted(reason["points"]),
    )
    return words % {"points": reason["points"]}


def _ahead(reason: Reason) -> str:
    words = ngettext(
        "%(points)s point ahead of planned progress",
        "%(points)s points ahead of planned progress",
        counted(reason["points"]),
    )
    return words % {"points": reason["points"]}


teach(
    {
        "behind": _behind,
        "ahead": _ahead,
        "on_plan": lambda reason: _("as planned"),
        "caught_up": lambda reason: _("was red in this period, and has caught up"),
    }
)
