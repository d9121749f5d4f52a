"""Milestones as they stand in one cell: numbered lines, each with its day."""

import datetime
import re
import unicodedata
from typing import NamedTuple

from qdtrade.imports.reading.bureau_names import NOTHING
from qdtrade.imports.reading.dates import Span, read_span
from qdtrade.imports.reading.findings import Unreadable
from qdtrade.imports.reading.said import said as _


class ReadMilestone(NamedTuple):
    """A milestone as found: what is to be reached, and by when."""

    title: str
    plan_on: datetime.date


_LONGEST = 300
_AS_EXPORTED = re.compile(r"\s*\d{1,3}\. ((?:(?!（\d{4}).){1,200})（(\d{4}-\d{2}-\d{2})）\s*$")
"""What our own exports write: nothing in such a line is cut, whatever marks its title holds."""
_NUMBER = re.compile(
    r"^\s*(?:[（(]?\d{1,2}[.、．)）](?!\d)|[①-⑳]|[（(]?[一二三四五六七八九十]{1,3}[、)）.．])\s*"
)
_NEXT_NUMBER = re.compile(r"(?<=[)）。;；\s])(?=\d{1,2}[.、．)）](?!\d))|(?=[①-⑳])")
_IN_BRACKETS = re.compile(
    r"^(?P<title>.+?)\s*[（(](?P<day>[^（()）]*\d[^（()）]*|长期|持续[^（()）]*)[）)]\s*$", re.DOTALL
)
_DAY = (
    r"(?:\d{4}\s*(?:年|[./-])?[\d年月日号./\-第一二三四季度上中下旬半底末初Qq\s]*|长期|持续推进|持续)"
    r"(?:之前|以前|前)?"
)
_AFTER = re.compile(rf"^(?P<title>.+?)\s*[:：,，—\s]\s*(?P<day>{_DAY})(?:完成)?\s*$", re.DOTALL)
_BEFORE = re.compile(rf"^(?P<day>{_DAY})\s*[:：,，]?\s*(?P<title>\D.*)$", re.DOTALL)


def read_milestones(text: str, programme: Span | None = None) -> list[ReadMilestone]:
    """The milestones of a cell, in its order; none for an empty one. Raises Unreadable for one without a day."""
    if exported := _as_exported(text):
        return exported
    found = []
    for item in _items(text):
        if item.lower() not in NOTHING:
            found.append(_milestone(item, programme))
    return found


def _as_exported(text: str) -> list[ReadMilestone]:
    """The milestones of a cell that an export of ours wrote; none where any line is written otherwise."""
    found = []
    for line in text.split("\n"):
        match = _AS_EXPORTED.match(line)
        if match is None:
            return []
        try:
            found.append(ReadMilestone(match[1], datetime.date.fromisoformat(match[2])))
        except ValueError:
            return []
    return found


def _items(text: str) -> list[str]:
    """One milestone each: cut at line breaks, semicolons and numbers, the numbers taken off."""
    items = []
    for line in re.split(r"[\n\r;；]+", text):
        for piece in _NEXT_NUMBER.split(line):
            bare = _NUMBER.sub("", piece).strip(" 　。,，、\t")
            if bare:
                items.append(bare)
    return items


def _milestone(item: str, programme: Span | None) -> ReadMilestone:
    item = " ".join(item.split())
    if len(item) > _LONGEST:
        raise Unreadable(
            _("Milestone “%(item)s…” is too long.") % {"item": item[:20]}, _("One milestone per line.")
        )
    plain = unicodedata.normalize("NFKC", item)
    for form in (_IN_BRACKETS, _AFTER, _BEFORE):
        match = form.match(plain)
        if match is None:
            continue
        try:
            span = read_span(match["day"], programme)
        except Unreadable as fault:
            words = {"item": item, "reason": fault.reason}
            raise Unreadable(_("“%(item)s”: %(reason)s") % words, fault.cure) from None
        if span is not None:
            return ReadMilestone(_title(item, match), span.last)
    raise Unreadable(
        _("Milestone “%(item)s” has no date.") % {"item": item},
        _("Write it as “name（2021-06-30）”, one per line."),
    )


def _title(item: str, match: re.Match[str]) -> str:
    """The title as it was typed, full-width marks and all."""
    start, end = match.span("title")
    same_length = len(item) == len(match.string)
    title = item[start:end] if same_length else match["title"]
    return title.strip(" 　:：,，—")
