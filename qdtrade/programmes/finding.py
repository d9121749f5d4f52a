"""The one search box: what was asked, how it is understood, and who answers; each app with something to find registers.

A group answers for one kind of thing. It begins at `visible_to(user)`, so that what a person may not see is neither
shown nor counted.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from qdtrade import pinyin
from qdtrade.differences import Run
from qdtrade.errors import Words
from qdtrade.sought import Word, words

from .models import Programme

LONGEST = 100
MOST_WORDS = 8
MOST_MEANT = 3
"""So many words of a reading are looked for in texts, those that most names share; names are asked by their sound."""

SHORTEST_MEANT = 2
"""A single character stands in every other text."""

HEARD_IN = 200
"""So many names of a kind that sound alike are listened to."""

AROUND = 28
"""Characters on each side of a hit in a long text."""

SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]?")


@dataclass(frozen=True)
class Asked:
    """What a person typed into the box, and what its readings mean."""

    words: tuple[Word, ...]
    programme: Programme
    by: Any

    @property
    def text(self) -> str:
        return " ".join(word.typed for word in self.words)

    @property
    def understood(self) -> list[Word]:
        """The words that were taken for a reading of others."""
        return [word for word in self.words if word.meant]

    def marked(self, text: str) -> list[Run]:
        """The text with every hit in it marked."""
        found = self._hits(text)
        if not found:
            return [Run(text)] if text else []
        parts = re.split("(" + "|".join(map(re.escape, found)) + ")", text, flags=re.IGNORECASE)
        return [Run(part, bool(at % 2)) for at, part in enumerate(parts) if part]

    def holds(self, text: str) -> bool:
        """Whether anything that was asked for stands in this text."""
        return bool(self._hits(text))

    def around(self, text: str) -> list[Run]:
        """The sentence of a long text in which the first hit stands, cut where it is long."""
        for match in SENTENCE.finditer(text):
            sentence = match.group().strip()
            if sentence and self.holds(sentence):
                return self._cut(sentence)
        return self._cut(text.partition("\n")[0])

    def _cut(self, sentence: str) -> list[Run]:
        runs = self.marked(sentence)
        first = next((at for at, run in enumerate(runs) if run.changed), None)
        if first is None:
            return [Run(sentence[: 2 * AROUND] + "…" * (len(sentence) > 2 * AROUND))]
        before, rest = "".join(run.text for run in runs[:first]), runs[first + 1 :]
        is_cut = len(before) > AROUND
        start = [Run(f"…{before[-AROUND:]}")] if is_cut else runs[:first]
        end, room = [], 2 * AROUND
        for run in rest:
            end.append(run if len(run.text) <= room else replace(run, text=run.text[:room] + "…"))
            room -= len(run.text)
            if room <= 0:
                break
        return [*start, runs[first], *end]

    def _hits(self, text: str) -> list[str]:
        """The parts of a text that were asked for, the longest first."""
        lower = text.lower()
        found = {part for word in self.words for part in word.texts if part.lower() in lower}
        for word in self.words:
            if word.by_sound and not found.intersection(word.texts):
                found |= set(pinyin.heard(text, word.typed))
        return sorted(found, key=lambda part: (-len(part), part))


@dataclass(frozen=True)
class Group:
    """One kind of thing that can be found.

    `rows` gives those that fit, in the order of the page, or None where they are not this person's to look for; the
    page sorts their ids, and `whole` reads what is shown of those it needs. `hits` makes what `template` draws of some
    of them, in a fixed number of queries. `named` gives at most HEARD_IN names whose sound was asked for: from them the
    page learns what a reading means.
    """

    name: str
    label: Words
    looked_in: Words
    template: str
    rows: Callable[[Asked], QuerySet[Any] | None]
    hits: Callable[[Sequence[Any], Asked], Iterable[Any]]
    whole: Callable[[Any], QuerySet[Any]] = field(default=lambda rows: rows)
    named: Callable[[Word, Asked], Iterable[str]] = field(default=lambda word, asked: ())
    place: int = 50
    """Where its tab stands among the others."""
    shown: int = 4
    """How many stand on the page of all groups."""
    is_beside: bool = False


GROUPS: dict[str, Group] = {}


def register(*groups: Group) -> None:
    """Called by an app when it is ready."""
    for group in groups:
        GROUPS[group.name] = group


def in_order() -> list[Group]:
    return sorted(GROUPS.values(), key=lambda group: group.place)


def asked(text: str, *, programme: Programme, by: Any, exactly: bool = False) -> Asked:
    """What these words ask for; raises ValidationError for more than anybody types."""
    if len(text) > LONGEST or "\x00" in text:
        raise ValidationError({"q": _("At most %(most)d characters.") % {"most": LONGEST}})
    typed = words(text)[:MOST_WORDS]
    plain = Asked(tuple(replace(word, by_sound=not exactly) for word in typed), programme, by)
    if exactly:
        return plain
    return replace(plain, words=tuple(_understood(word, plain) for word in plain.words))


def _understood(word: Word, asked: Asked) -> Word:
    """The word with what it most often means among the names that the person may see."""
    if not pinyin.is_reading(word.typed):
        return word
    heard: Counter[str] = Counter()
    for group in in_order():
        for name in group.named(word, asked):
            heard += Counter(set(pinyin.heard(name, word.typed)))
    common = sorted(heard.items(), key=lambda one: (-one[1], one[0]))
    meant = [text for text, _times in common if len(text) >= SHORTEST_MEANT]
    return replace(word, meant=tuple(meant[:MOST_MEANT]))
