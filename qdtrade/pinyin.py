"""How Chinese is typed by its sound: what is kept of a text beside it, and which of its words a reading may mean.

A text is kept twice more, as ` zhi shi chan quan` and as `zscq`, in columns that a search reads like any other; no
query ever asks for a sound. Several texts of a row stand side by side, parted so that no reading runs from one into
the next.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from pypinyin import lazy_pinyin

PARTED = "|"
SHORTEST = 2
"""A single letter reads as half of everything."""

MOST_SPELLINGS = 8
"""`xian` is 先 or 西安; more ways of parting a word than these nobody means."""

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]+")
TYPED = re.compile(rf"[a-zü']{{{SHORTEST},}}")
BEGIN = "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])"
SYLLABLE = re.compile(
    f"{BEGIN}?(?:iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|er|ia|ie|iu|in|ua|uo|ui|un|ve|ue"
    "|a|o|e|i|u|v)"
)
SYLLABLE_OR_BEGUN = re.compile(f"(?:{SYLLABLE.pattern}|{BEGIN}(?:on|io)?)")
LONGEST_SYLLABLE = 6


def full(*texts: str) -> str:
    """Each text's syllables, every one after a space, so that a search can begin where a word does."""
    return PARTED.join("".join(f" {sound}" for _at, _end, sound in _sounds(text)) for text in texts)


def initials(*texts: str) -> str:
    """Each text's first letters; digits and Latin letters stand for themselves."""
    return PARTED.join("".join(letter for letter, _at in _letters(text)) for text in texts)


def sounds_of(*names: str) -> dict[str, Callable[[Any], str]]:
    """The two columns of a model that follow from these of its fields, as the trail's writers fill them."""
    return {
        "pinyin": lambda row: full(*(getattr(row, name) for name in names)),
        "initials": lambda row: initials(*(getattr(row, name) for name in names)),
    }


def is_reading(typed: str) -> bool:
    """Whether a word could be a reading at all: Latin letters alone, and more than one."""
    return TYPED.fullmatch(typed.lower()) is not None


@lru_cache(maxsize=256)
def spellings(typed: str) -> tuple[str, ...]:
    """The ways in which letters part into syllables, as the kept text has them; the last one may be begun only."""
    letters = typed.lower().replace("ü", "v").replace("'", "")
    return _parted(letters, SYLLABLE) or _parted(letters, SYLLABLE_OR_BEGUN)


def heard(text: str, typed: str) -> list[str]:
    """The parts of a text that read so, by first letters or in full; Latin letters in it read as nothing."""
    typed = typed.lower()
    if not is_reading(typed):
        return []
    found = [*_by_initials(text, typed), *_in_full(text, typed.replace("ü", "v").replace("'", ""))]
    return list(dict.fromkeys(part for part in found if not part.isascii()))


def _parted(letters: str, last: re.Pattern[str]) -> tuple[str, ...]:
    """From the end backwards, the longest syllables first, so that no number of letters takes long."""
    ways: dict[int, list[str]] = {len(letters): [""]}
    for at in range(len(letters) - 1, -1, -1):
        ends = range(min(len(letters), at + LONGEST_SYLLABLE), at, -1)
        ways[at] = [
            f" {letters[at:end]}{following}"
            for end in ends
            if (last if end == len(letters) else SYLLABLE).fullmatch(letters[at:end])
            for following in ways[end]
        ][:MOST_SPELLINGS]
    return tuple(ways[0])


def _sounds(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each Chinese character or run of Latin letters and digits begins and ends, and its sound."""
    read = _read(text)
    at = 0
    while at < len(text):
        end = at + 1
        if _is_plain(text[at]):
            while end < len(text) and _is_plain(text[end]):
                end += 1
            yield at, end, text[at:end].lower()
        elif read[at]:
            yield at, end, read[at]
        at = end


def _letters(text: str) -> Iterator[tuple[str, int]]:
    """Each letter of the initials, and where it comes from."""
    for at, end, sound in _sounds(text):
        if _is_plain(text[at]):
            yield from zip(sound, range(at, end), strict=True)
        else:
            yield sound[0], at


def _is_plain(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _read(text: str) -> list[str]:
    """The sound of each character; nothing for what is not Chinese. Words decide it: 重庆 is chong, 重点 is zhong."""
    found = [""] * len(text)
    for run in HAN.finditer(text):
        sounds = lazy_pinyin(run.group(), errors="ignore")
        if len(sounds) != len(run.group()):
            sounds = ["".join(lazy_pinyin(character, errors="ignore")) for character in run.group()]
        found[run.start() : run.end()] = [sound if sound.isascii() else "" for sound in sounds]
    return found


def _by_initials(text: str, typed: str) -> Iterator[str]:
    letters = list(_letters(text))
    row = "".join(letter for letter, _at in letters)
    begin = row.find(typed)
    while begin >= 0:
        yield text[letters[begin][1] : letters[begin + len(typed) - 1][1] + 1]
        begin = row.find(typed, begin + 1)


def _in_full(text: str, typed: str) -> Iterator[str]:
    pieces = list(_sounds(text))
    for first in range(len(pieces)):
        read = ""
        for _at, end, sound in pieces[first:]:
            read += sound
            if read.startswith(typed):
                yield text[pieces[first][0] : end]
            if not typed.startswith(read) or read.startswith(typed):
                break
