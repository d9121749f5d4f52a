"""One cell, one value: text, codes, yes and no."""

import datetime
import re
import unicodedata
from decimal import Decimal

from qdtrade.tables import Cell

from .bureau_names import NOTHING
from .findings import Unreadable
from .said import said as _

YES = {"是", "√", "✓", "✔", "有", "y", "yes", "true", "1", "自选", "自选动作", "样例"}
NO = {"否", "×", "✗", "x", "n", "no", "false", "0", "非自选", "规定动作"} | NOTHING
_ERRORS = {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#ERROR!"}
_DATE_LIKE = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})$|(\d{1,2})月(\d{1,2})日$|(\d{1,2})-([A-Z][a-z]{2})$"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def text_of(cell: Cell) -> str:
    """The cell as text; raises Unreadable where a formula's error stands in it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, Decimal):
        return format(cell, "f")
    text = clean(str(cell)).replace("\r\n", "\n").replace("\r", "\n").strip()
    if text in _ERRORS:
        raise Unreadable(
            _("The formula in this cell gives an error."),
            _("Put the value in its place, or correct the formula."),
        )
    return text


def clean(text: str) -> str:
    """Without the control characters that no database keeps and nobody sees."""
    return _CONTROL.sub("", text)


def one_line(text: str) -> str:
    """Without line breaks: none between Chinese characters, a blank elsewhere."""
    joined = ""
    for line in text.split("\n"):
        words = " ".join(line.split())
        chinese = joined[-1:] > "\x7f" and words[:1] > "\x7f"
        joined += words if chinese or not joined or not words else f" {words}"
    return joined


def limited(text: str, most: int) -> str:
    if len(text) > most:
        raise Unreadable(
            _("The text has %(have)s characters; at most %(most)s fit.") % {"have": len(text), "most": most},
            _("Shorten it, or move a part to another column."),
        )
    return text


def required(text: str, heading: str) -> str:
    if text.lower() in NOTHING:
        raise Unreadable(_("“%(heading)s” is empty.") % {"heading": heading}, _("Please fill it in."))
    return text


def code_of(cell: Cell) -> str:
    """A code as it was meant; what Excel has turned into a date is refused, with the cure."""
    if isinstance(cell, datetime.date):
        raise _turned_into_date(cell.month, cell.day, cell.strftime("%Y-%m-%d"))
    text = "".join(unicodedata.normalize("NFKC", text_of(cell)).split())
    if match := _DATE_LIKE.match(text):
        if match[7]:
            month, day = _MONTHS.index(match[7]) + 1 if match[7] in _MONTHS else 0, int(match[6])
        else:
            month, day = int(match[2] or match[4]), int(match[3] or match[5])
        raise _turned_into_date(month, day, text)
    return limited(re.sub(r"(?<=\w)[–—―‐](?=\w)", "-", text), 40)


def _turned_into_date(month: int, day: int, found: str) -> Unreadable:
    meant = f"{month}-{day:02d}"
    return Unreadable(
        _("Excel has turned this code into the date %(found)s.") % {"found": found},
        _("Format the column as text, then type %(meant)s again.") % {"meant": meant},
        meant,
    )


def yes_or_no(cell: Cell) -> bool:
    word = text_of(cell).strip().lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise Unreadable(_("This is neither yes nor no."), _("Write 是 or 否."))


def as_shown(cell: Cell) -> str:
    """The cell as a person sees it in the file, for reports."""
    try:
        return text_of(cell)
    except Unreadable:
        return str(cell)
