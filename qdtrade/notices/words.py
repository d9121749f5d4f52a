"""What a notice says and where it leads, in the reader's language, for the inbox and for mails alike.

Each app says it for its own kinds when it is ready: `speak("report", Kind(…))`. A move that tells somebody needs its
sentence here; a test asks every move's.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qdtrade.audit.rows import recorded_models
from qdtrade.templatetags.words import Words

from .models import Notice

Sentence = Words | Callable[[Mapping[str, Any]], str]
"""With %(by)s, %(label)s and %(comment)s in it; or a function that makes one from the notice's parameters."""

GROUPS: dict[str, Words] = {
    "reminders": gettext_lazy("Reminders"),
    "reports": gettext_lazy("Reports"),
    "tasks": gettext_lazy("Tasks"),
    "projects": gettext_lazy("Signings"),
    "people": gettext_lazy("Deputies and roles"),
    "records": gettext_lazy("Records"),
}
"""How the inbox is divided, in the order of its tabs."""


def row_is_visible(notice: Notice, user: Any) -> bool:
    """Whether the person still sees the row that the notice is about; a row that is gone is seen by nobody."""
    model: Any = recorded_models().get(notice.kind)
    return model is not None and model.objects.visible_to(user).filter(pk=notice.object_id).exists()


def no_lines(notice: Notice, user: Any) -> list[str]:
    """A notice whose sentence says all."""
    return []


def page_of_row(name: str) -> Callable[[Notice], str]:
    """The way to the page of this name that shows the row itself."""
    return lambda notice: reverse(name, args=[notice.object_id])


def page_of_list(name: str) -> Callable[[Notice], str]:
    """The way to the page of this name, which lists rows of this kind."""
    return lambda notice: reverse(name)


@dataclass(frozen=True)
class Kind:
    """How notices about one kind of row read, which tab they stand under, and where they lead.

    `sees` and `lines` are asked when a mail leaves: whether the person may (still) see what it is about, and what
    stands below its sentence as things are by then; None from `lines` means that there is nothing left to tell.
    """

    group: str
    moves: Mapping[str, Sentence]
    path: Callable[[Notice], str]
    sees: Callable[[Notice, Any], bool] = row_is_visible
    lines: Callable[[Notice, Any], list[str] | None] = no_lines


KINDS: dict[str, Kind] = {}


def speak(name: str, kind: Kind) -> None:
    """Called once per kind by the app that tells people about it."""
    KINDS[name] = kind


def kinds_in(group: str) -> list[str]:
    """The kinds that stand under this tab."""
    return [name for name, kind in KINDS.items() if kind.group == group]


def sentence(notice: Notice) -> str:
    """What happened, in the reader's language; a move without words is named by its code."""
    params: dict[str, Any] = {"by": "", "label": "", "comment": ""} | notice.params
    kind = KINDS.get(notice.kind)
    words = kind.moves.get(notice.move) if kind else None
    if words is None:
        words = _("%(by)s: %(move)s %(label)s")
    if callable(words):
        return words(params)
    return str(words) % {**params, "move": notice.move}


def path(notice: Notice, programme: str) -> str:
    """The way to the very thing in the programme of this code, or nothing."""
    kind = KINDS.get(notice.kind)
    if kind is None or not programme:
        return ""
    way = kind.path(notice)
    return f"{way}{'&' if '?' in way else '?'}programme={programme}" if way else ""


def unsaid(tells: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those of these (kind, move) that have no sentence."""
    return [(kind, move) for kind, move in tells if kind not in KINDS or move not in KINDS[kind].moves]
