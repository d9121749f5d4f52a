"""Days as bureaus write them: 2021-06-30, 2021.6, 2021年6月底, 2021年上半年, 44377, 长期 …

A span of days is what every writing means: `2021.6` is all of June. A start takes its first day, a due date its last.
"""

import calendar
import datetime
import re
import unicodedata
from typing import NamedTuple

from qdtrade.tables import Cell

from .findings import Unreadable
from .said import said as _


class Span(NamedTuple):
    """First and last day; `words` is set where the text names no day, as 长期 does."""

    first: datetime.date
    last: datetime.date
    words: str = ""


OPEN_ENDED = re.compile(
    r"(长期|持续|常态化|全程|贯穿|试点期内|试点期末|试点期结束|long[- ]?term|ongoing|continuous)\w*",
    re.IGNORECASE,
)
_LONGEST = 40
_SERIALS = range(20_000, 80_000)  # 1954 to 2119, as Excel counts days
_EXCEL_ZERO = datetime.date(1899, 12, 30)
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_THIRDS = {
    "上旬": (1, 10),
    "初": (1, 10),
    "中旬": (11, 20),
    "中": (11, 20),
    "下旬": (21, 31),
    "底": (1, 31),
    "末": (1, 31),
}
_TAIL = re.compile(r"(之前|以前|前)?(完成|办结|结束|截止|落实|实现)?$")

_DAY = re.compile(r"(\d{4})(?:([./-])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]?)$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_MONTH = re.compile(r"(\d{4})[年./-](\d{1,2})(?:月份?)?(上旬|中旬|下旬|初|中|底|末)?$")
_QUARTER = re.compile(r"(\d{4})年?(?:第?([一二三四1-4])季度?|[Qq]([1-4]))(?:底|末|内)?$")
_HALF = re.compile(r"(\d{4})年?([上下])半年(?:底|末|内)?$")
_YEAR = re.compile(r"(\d{4})(?:年度?)?(?:年?(底|末|初)|年?内)?$")


def plain(text: str) -> str:
    """Full-width digits and marks made plain, blanks and line breaks dropped."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def read_span(cell: Cell, programme: Span | None = None) -> Span | None:
    """The days a cell means; None for an empty one. Raises Unreadable with the cure."""
    if isinstance(cell, datetime.datetime):
        cell = cell.date()
    if isinstance(cell, datetime.date):
        return Span(cell, cell)
    if cell is None or isinstance(cell, bool):
        return None
    if not isinstance(cell, str):
        return _number(cell)
    text = plain(cell)
    if text in {"", "-", "--", "—", "——", "/", "无"}:
        return None
    return _text(text, programme)


def _number(cell: object) -> Span:
    """A number in a date column: an Excel serial, or a month typed as 2021.6."""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    if re.fullmatch(r"(19|20)\d\d\.1", text):
        year = text[:4]
        raise Unreadable(
            _("Excel has made a number of this: it may have been %(year)s.1 or %(year)s.10.")
            % {"year": year},
            _("Write %(year)s-01 or %(year)s-10, as text.") % {"year": year},
        )
    return _text(text, None)


def _text(text: str, programme: Span | None) -> Span:
    if len(text) > _LONGEST:
        raise Unreadable(_("This is not understood as a date."), _cure(text[:10]))
    if text.isdigit() and len(text) == 5 and int(text) in _SERIALS:
        day = _EXCEL_ZERO + datetime.timedelta(days=int(text))
        return Span(day, day)
    if OPEN_ENDED.fullmatch(text):
        return _open_ended(text, programme)
    tail = _TAIL.search(text)
    before = bool(tail and tail[1])
    bare = text[: tail.start()] if tail else text
    span = _written(bare)
    if span is None:
        raise Unreadable(_("This is not understood as a date."), _cure(text))
    if before and re.search(r"\d月?$", bare) and not _DAY.match(bare) and not _COMPACT.match(bare):
        raise Unreadable(
            _("“Before” a month may or may not include it."),
            _("Write %(day)s if the month is included.") % {"day": span.last.isoformat()},
            span.last.isoformat(),
        )
    return span


def _open_ended(text: str, programme: Span | None) -> Span:
    if programme is None:
        raise Unreadable(
            _("This lasts to the end of the programme, whose dates are not known yet."),
            _("Write the last day of the programme."),
        )
    return Span(programme.first, programme.last, text)


def _written(text: str) -> Span | None:
    """The span of a date in one of the usual writings, or None."""
    if match := _DAY.match(text):
        day = _day(int(match[1]), int(match[3] or match[5]), int(match[4] or match[6]))
        return Span(day, day)
    if match := _COMPACT.match(text):
        day = _day(int(match[1]), int(match[2]), int(match[3]))
        return Span(day, day)
    if match := _HALF.match(text):
        return _months(int(match[1]), 1, 6) if match[2] == "上" else _months(int(match[1]), 7, 12)
    if match := _QUARTER.match(text):
        quarter = _NUMERALS[match[2] or match[3]]
        return _months(int(match[1]), quarter * 3 - 2, quarter * 3)
    if match := _MONTH.match(text):
        return _part_of_month(int(match[1]), int(match[2]), match[3])
    if match := _YEAR.match(text):
        return _months(int(match[1]), 1, 1 if match[2] == "初" else 12)
    return None


def _day(year: int, month: int, day: int) -> datetime.date:
    _check_month(year, month)
    try:
        return datetime.date(year, month, day)
    except ValueError:
        last = calendar.monthrange(year, month)[1]
        raise Unreadable(
            _("%(year)s-%(month)02d has no day %(day)s.") % {"year": year, "month": month, "day": day},
            _("The day is from 1 to %(last)s.") % {"last": last},
        ) from None


def _check_month(year: int, month: int) -> None:
    if not 1990 <= year <= 2099:
        raise Unreadable(
            _("The year %(year)s cannot be right.") % {"year": year}, _("Write the year with four digits.")
        )
    if not 1 <= month <= 12:
        raise Unreadable(
            _("There is no month %(month)s.") % {"month": month}, _("The month is from 1 to 12.")
        )


def _months(year: int, first: int, last: int) -> Span:
    _check_month(year, first)
    end = calendar.monthrange(year, last)[1]
    return Span(datetime.date(year, first, 1), datetime.date(year, last, end))


def _part_of_month(year: int, month: int, part: str | None) -> Span:
    whole = _months(year, month, month)
    if part is None:
        return whole
    first, last = _THIRDS[part]
    return Span(whole.first.replace(day=first), whole.last.replace(day=min(last, whole.last.day)))


def _cure(text: str) -> str:
    if re.search(r"^\d{1,2}[月./-]", text):
        return _("Write the year too, as in 2021-06-30.")
    return _("Write it as 2021-06-30, 2021.6 or 2021年6月底.")


_BETWEEN = re.compile(r"至|到|~|—+|–+|―+|--+|→|起至")


def read_range(cell: Cell, programme: Span | None = None) -> tuple[Span | None, Span | None]:
    """Start and end of a cell that may hold both, as in 2020.10-2022.3; a single date is the end."""
    if not isinstance(cell, str):
        return None, read_span(cell, programme)
    text = plain(cell)
    if len(text) > 2 * _LONGEST:
        return None, read_span(cell, programme)
    open_start = re.fullmatch(r"(?:自|从)?(.+?)(?:起|以来|至今)", text)
    if open_start:
        return read_span(open_start[1], programme), None
    for left, right in _halves(text):
        try:
            start = read_span(left, programme)
            return start, read_span(_with_year(right, start), programme)
        except Unreadable:
            continue
    return None, read_span(cell, programme)


def _halves(text: str) -> list[tuple[str, str]]:
    """Where a range may be cut: at a word first; at a hyphen only where the whole is not one date."""
    text = re.sub(r"^(自|从)|(止|为止)$", "", text)
    cuts = [(match.start(), match.end()) for match in _BETWEEN.finditer(text)]
    if not cuts and _written(text) is None:
        cuts = [(match.start(), match.end()) for match in re.finditer("-", text)]
    return [(text[:start].removesuffix("起"), text[end:]) for start, end in cuts]


def _with_year(text: str, start: Span | None) -> str:
    """The end of 2021年3月-12月 is in the year of its start."""
    if start is not None and re.match(r"\d{1,2}月|[年底]", text):
        return f"{start.first.year}年{text.removeprefix('年')}"
    return text
