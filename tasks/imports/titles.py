"""What the title rows of a register say: the programme's name and its dates."""

import re
import unicodedata
from typing import NamedTuple

from qdtrade.imports.reading.dates import Span, read_range
from qdtrade.imports.reading.findings import Unreadable

_DATE = r"\d{4}\s*(?:年|[./-])\s*\d{1,2}\s*(?:月|[./-])?(?:\s*\d{1,2}\s*日?)?"
_RANGE = re.compile(rf"{_DATE}\s*(?:起?至|到|~|—+|–|―|-)\s*{_DATE}")
_WHAT_IT_IS = re.compile(
    r"(?:任务|举措|重点|工作)*(?:台账|清单|分解表|一览表|登记表|汇总表|明细表|表|task register|register|task list)$",
    re.IGNORECASE,
)
_REGION = re.compile(r"^(.{2,8}?(?:特别行政区|自治区|自治州|新区|省|市|州|盟|地区))")


class Titles(NamedTuple):
    """Name and dates of a programme, as far as they stand above the table."""

    name: str
    dates: Span | None
    region: str


def read_titles(texts: list[str], sheet: str = "") -> Titles:
    """The name is the longest title without a date; the dates are the first range in any of them."""
    dates = next((span for text in texts if (span := _range(text)) is not None), None)
    names = [name for text in texts if (name := _name(text))]
    name = max(names, key=len, default="") or (_name(sheet) if "试点" in sheet else "")
    region = _REGION.match(name)
    return Titles(name, dates, region[1] if region else "")


def _range(text: str) -> Span | None:
    match = _RANGE.search(unicodedata.normalize("NFKC", text))
    if match is None:
        return None
    try:
        start, end = read_range(match[0])
    except Unreadable:
        return None
    return Span(start.first, end.last) if start and end and start.first < end.last else None


def _name(text: str) -> str:
    """A title without brackets and without saying that it is a list; empty for other remarks."""
    plain = re.sub(r"[（(][^（）()]*[）)]", "", " ".join(text.split()))
    if re.search(r"[:：]|^附件|^表\d|单位", plain):
        return ""
    plain = _WHAT_IT_IS.sub("", plain).strip(' -—·、，《》“”"')
    return plain if len(plain) >= 4 and not _RANGE.fullmatch(plain) else ""
