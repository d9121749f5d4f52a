"""What a claim says: its fields, their form, and how two contents differ. No database here.

A content is a plain JSON object, so that it can be kept, hashed and compared: numbers and days are strings; the rows
of beneficiaries and effects are lists of objects of strings.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from qdtrade.audit.canonical import keepable
from qdtrade.errors import Words
from qdtrade.templatetags import days

Content = dict[str, Any]

LONGEST_NEW, LONGEST_TEXT, LONGEST_CELL = 200, 400, 120
MOST_ROWS = 8

TEXTS: dict[str, int] = {
    "novelty": LONGEST_NEW,
    "before": LONGEST_TEXT,
    "elsewhere": LONGEST_TEXT,
    "elsewhere_source": LONGEST_CELL,
    "since": LONGEST_CELL,
    "basis": LONGEST_CELL,
    "of_all": LONGEST_CELL,
}
ROWS: dict[str, tuple[str, ...]] = {
    "beneficiaries": ("who", "number"),
    "effects": ("what", "before", "now", "basis"),
}
"""Fields that hold rows, and the cells of a row."""

FIELDS = (*TEXTS, *ROWS)


@dataclass(frozen=True)
class Part:
    """One of the six numbered parts of a claim, with the fields that it holds; remarks stand beside parts."""

    name: str
    label: Words
    fields: tuple[str, ...]


PARTS = (
    Part("novelty", pgettext_lazy("claim", "What is new"), ("novelty",)),
    Part("compared", gettext_lazy("Compared with what"), ("before", "elsewhere", "elsewhere_source")),
    Part("since", gettext_lazy("In force since"), ("since", "basis")),
    Part("beneficiaries", gettext_lazy("Who benefits"), ("beneficiaries", "of_all")),
    Part("effects", gettext_lazy("Measured effects"), ("effects",)),
    Part("files", gettext_lazy("Proof"), ("files",)),
)
LABELS: dict[str, Words] = {part.name: part.label for part in PARTS}
FIELD_LABELS: dict[str, Words] = {
    "novelty": pgettext_lazy("claim", "What is new"),
    "before": gettext_lazy("How it was done before"),
    "elsewhere": gettext_lazy("How others do it"),
    "elsewhere_source": gettext_lazy("Where that is known from"),
    "since": gettext_lazy("In force since"),
    "basis": gettext_lazy("By which document"),
    "beneficiaries": gettext_lazy("Who benefits"),
    "of_all": gettext_lazy("Of how many in the city"),
    "effects": gettext_lazy("Measured effects"),
    "files": gettext_lazy("Proof"),
}
REQUIRED = ("novelty", "before", "since", "basis", "beneficiaries", "effects")

MEASURED = re.compile(r"^(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)\s*(?P<unit>\D*)$")


def blank() -> Content:
    return {**dict.fromkeys(TEXTS, ""), **{name: [] for name in ROWS}}


def tidy(raw: Mapping[str, Any]) -> Content:
    """The fields of a content and nothing else, each in its own form.

    An empty row between others keeps its place, so that two pages mean the same row by its number; `packed` drops it.
    """
    found = {
        name: _line(raw.get(name)) if name not in {"before", "elsewhere"} else _text(raw.get(name))
        for name in TEXTS
    }
    return found | {name: _rows(raw.get(name), cells) for name, cells in ROWS.items()}


def _text(value: Any) -> str:
    return keepable(value).replace("\r\n", "\n").strip() if isinstance(value, str) else ""


def _line(value: Any) -> str:
    return " ".join(_text(value).split())


def _rows(value: Any, cells: tuple[str, ...]) -> list[dict[str, str]]:
    given = value if isinstance(value, list | tuple) else []
    rows = [{cell: _line(row.get(cell)) for cell in cells} for row in given if isinstance(row, Mapping)]
    while rows and not any(rows[-1].values()):
        rows.pop()
    return rows[: MOST_ROWS + 1]


def packed(content: Content) -> Content:
    """The content without rows that say nothing: as it is claimed and shown."""
    return content | {name: [row for row in content.get(name, []) if any(row.values())] for name in ROWS}


def flat(content: Content) -> dict[str, str]:
    """The content as a form has it: a name for every text and every cell, such as `effects-0-before`."""
    found = {name: content.get(name, "") for name in TEXTS}
    for name, cells in ROWS.items():
        for number, row in enumerate(content.get(name, [])):
            found |= {f"{name}-{number}-{cell}": row.get(cell, "") for cell in cells}
    return found


def from_flat(fields: Mapping[str, str]) -> Content:
    """The content of a form; cells that are no row's are not looked at."""
    raw: Content = {name: fields.get(name, "") for name in TEXTS}
    for name, cells in ROWS.items():
        numbers = range(MOST_ROWS + 1)
        raw[name] = [
            {cell: fields.get(f"{name}-{number}-{cell}", "") for cell in cells} for number in numbers
        ]
    return tidy(raw)


def over(base: Content, typed: Mapping[str, str]) -> Content:
    """A content with what a form sent of it: fields that it did not send stay as they are."""
    return from_flat(flat(base) | dict(typed))


def is_known(name: str) -> bool:
    """Whether a form may hold a field of this name."""
    return name in TEXTS or bool(re.fullmatch(r"(beneficiaries|effects)-[0-8]-[a-z]+", name))


def tidy_remarks(raw: Any) -> dict[str, str]:
    """The remarks by part, without empty ones; raises ValidationError for one that is too long."""
    if not isinstance(raw, Mapping):
        return {}
    found = {part.name: _text(raw.get(part.name)) for part in PARTS}
    for name, text in found.items():
        if len(text) > LONGEST_TEXT:
            raise ValidationError({name: _("At most %(most)d characters.") % {"most": LONGEST_TEXT}})
    return {name: text for name, text in found.items() if text}


def said(content: Content) -> str:
    """Every text of a claim, a line each: what a search reads."""
    texts = [content.get(name, "") for name in TEXTS if name != "since"]
    for name in ROWS:
        texts += [" ".join(row.values()) for row in content.get(name, [])]
    return "\n".join(text for text in texts if text)


def as_date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def check(content: Content, *, today: datetime.date, days_in_force: int) -> None:
    """Raises one ValidationError that names everything that is missing or wrong."""
    faults: dict[str, Any] = {
        name: _("Please fill in “%(field)s”.") % {"field": FIELD_LABELS[name]}
        for name in REQUIRED
        if not content.get(name)
    }
    for name, most in TEXTS.items():
        if len(content.get(name, "")) > most:
            words = _("At most %(most)d characters; there are %(have)d.")
            faults[name] = words % {"most": most, "have": len(content[name])}
    for name in ROWS:
        fault = _fault_of_rows(name, content.get(name, []))
        if fault:
            faults[name] = fault
    fault = _fault_of_since(content.get("since", ""), today, days_in_force)
    if fault:
        faults["since"] = fault
    if faults:
        raise ValidationError(faults)


def _fault_of_rows(name: str, rows: list[dict[str, str]]) -> str:
    if len(rows) > MOST_ROWS:
        return _("At most %(most)d rows.") % {"most": MOST_ROWS}
    if any(len(cell) > LONGEST_CELL for row in rows for cell in row.values()):
        return _("At most %(most)d characters in a cell.") % {"most": LONGEST_CELL}
    if name == "effects" and any(not (row["what"] and row["before"] and row["now"]) for row in rows):
        return _("Each effect needs what was measured, before and now.")
    if name == "beneficiaries" and any(not (row["who"] and row["number"]) for row in rows):
        return _("Say of each who they are and how many.")
    return ""


def _fault_of_since(text: str, today: datetime.date, days_in_force: int) -> str:
    if not text:
        return ""
    since = as_date(text)
    if since is None:
        return _("Write the day like 2021-09-28.")
    ripe = since + datetime.timedelta(days=days_in_force)
    if ripe > today:
        words = _("It must have been in force for %(days)d days: a claim is possible from %(day)s.")
        return words % {"days": days_in_force, "day": days.iso(ripe)}
    return ""


def difference(before: str, now: str) -> str:
    """How far a measured effect changed, where both say a number in one unit: −6个工作日, +57笔; else nothing."""
    was, is_now = MEASURED.match(before.strip()), MEASURED.match(now.strip())
    if was is None or is_now is None or was["unit"].strip() != is_now["unit"].strip():
        return ""
    change = Decimal(is_now["number"].replace(",", "")) - Decimal(was["number"].replace(",", ""))
    sign = "−" if change < 0 else "+" if change > 0 else "±"
    return f"{sign}{abs(change):,f}{was['unit'].strip()}"


def file_hashes(content: Content) -> set[str]:
    return {file["sha256"] for file in content.get("files", [])}


def changed(old: Content, new: Content) -> Iterator[str]:
    """The names of the parts that differ, proof included."""
    for part in PARTS:
        if part.name == "files":
            if file_hashes(old) != file_hashes(new):
                yield part.name
        elif any((old.get(name) or "") != (new.get(name) or "") for name in part.fields):
            yield part.name
