"""What a progress report says: its fields, their form, and how two contents differ. No database here.

A content is a plain JSON object, so that it can be kept, hashed and compared: numbers and dates are strings.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qdtrade.audit.canonical import keepable
from qdtrade.errors import Words

Content = dict[str, Any]

LONGEST_TEXT = 400
"""Characters of a text field; more is not read (LOOK, screen b)."""


KEPT_PAST = 20
"""How many contents of a draft are kept for merging two tabs."""

MOST_DIGITS = 20
"""A longer number is left as it was typed, for the check to refuse."""


@dataclass(frozen=True)
class Field:
    """One of the report's fields: its name, its heading, and whether it must be filled."""

    name: str
    label: Words
    required: bool = False
    empty: Any = ""


FIELDS = (
    Field("done", gettext_lazy("Done this period"), required=True),
    Field("progress", gettext_lazy("Overall progress"), required=True),
    Field("progress_reason", gettext_lazy("Why progress went back")),
    Field("milestones", gettext_lazy("Milestones claimed done"), empty={}),
    Field("problems", gettext_lazy("Problems and help needed")),
    Field("forecast_on", gettext_lazy("Expected completion"), required=True),
    Field("self_light", gettext_lazy("Self-rated light"), required=True),
)
"""In the order of the form; evidence is the eighth (DOMAIN: at most 8 fields)."""

FIELD_NAMES = tuple(field.name for field in FIELDS)
LABELS: dict[str, Words] = {field.name: field.label for field in FIELDS} | {"files": gettext_lazy("Evidence")}
TEXTS = ("done", "problems", "progress_reason")

ANSWER = "answer_"
ANSWERS = {f"{ANSWER}{name}": name for name in LABELS}
"""What the bureau answers to the remark beside a field, by its own name; a content holds those that were written."""


def label_of(name: str) -> Words:
    """The heading of a field, or of the answer to the remark beside it."""
    if name in ANSWERS:
        return _("Answer on “%(field)s”") % {"field": LABELS[ANSWERS[name]]}
    return LABELS[name]


def answers_in(content: Mapping[str, Any]) -> dict[str, str]:
    """The answers of a content by the field that was remarked on."""
    return {field: content[name] for name, field in ANSWERS.items() if content.get(name)}


def answered(answers: Mapping[str, str]) -> Content:
    """The same as fields of a content."""
    return {name: answers[field] for name, field in ANSWERS.items() if field in answers}


def unanswered(content: Content) -> Content:
    """A content without answers: what they answered was another version."""
    return {name: value for name, value in content.items() if name not in ANSWERS}


def said(content: Content, comment: str, remarks: Mapping[str, str]) -> str:
    """Every text of a submitted version, what was written about it among them, a line each: what a search reads."""
    texts = [content.get(name, "") for name in TEXTS]
    return "\n".join(str(text) for text in (*texts, comment, *remarks.values()) if text)


def progress(content: Content) -> Decimal | None:
    """The progress that a content claims, where it is a number that can be kept."""
    try:
        number = Decimal(content.get("progress", ""))
    except InvalidOperation:
        return None
    return round(number, 2) if number.is_finite() and 0 <= number <= 100 else None


def blank() -> Content:
    """A content with nothing in it."""
    return {field.name: type(field.empty)(field.empty) for field in FIELDS}


def tidy(raw: Mapping[str, Any]) -> Content:
    """The known fields of what a door sent, in canonical form; a value that cannot be read is kept as it was typed."""
    content = blank()
    for name in FIELD_NAMES:
        if name in raw:
            content[name] = TIDIERS[name](raw[name])
    answers = {name: _tidy_text(raw[name]) for name in ANSWERS if name in raw}
    return content | {name: text for name, text in answers.items() if text}


def _tidy_text(value: Any) -> str:
    return "" if value is None else keepable(str(value))


def _tidy_number(value: Any) -> str:
    text = _tidy_text(value).rstrip("% ％")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    is_plain = number.is_finite() and abs(number.adjusted()) < MOST_DIGITS > len(text)
    return format(number.normalize(), "f") if is_plain else text


def _tidy_date(value: Any) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = _tidy_text(value).replace("/", "-").replace(".", "-")
    try:
        return datetime.date(*map(int, text.split("-"))).isoformat()
    except (TypeError, ValueError, OverflowError):
        return text


def _tidy_milestones(value: Any) -> dict[str, str]:
    pairs = value.items() if isinstance(value, Mapping) else ()
    return {str(number): _tidy_date(day) for number, day in sorted(pairs, key=lambda pair: str(pair[0]))}


def tidy_remarks(raw: Any) -> dict[str, str]:
    """What a reviewer wrote beside the fields, by field; raises ValidationError for what is not text beside a field."""
    if not isinstance(raw or {}, Mapping) or set(raw or ()) - LABELS.keys():
        raise ValidationError({"remarks": _("Remarks stand beside the fields of the report.")})
    remarks = {name: _tidy_text(text) for name, text in (raw or {}).items()}
    too_long = [name for name, text in remarks.items() if len(text) > LONGEST_TEXT]
    if too_long:
        raise ValidationError({"remarks": _("At most %(most)d characters.") % {"most": LONGEST_TEXT}})
    return {name: text for name, text in remarks.items() if text}


TIDIERS = {
    "done": _tidy_text,
    "progress": _tidy_number,
    "progress_reason": _tidy_text,
    "milestones": _tidy_milestones,
    "problems": _tidy_text,
    "forecast_on": _tidy_date,
    "self_light": _tidy_text,
}


def carried(base: Content | None) -> Content:
    """The content a new report starts with: the version in force, without what only that period claimed."""
    if base is None:
        return blank()
    return unanswered(tidy(base)) | {"milestones": {}, "progress_reason": ""}


def as_date(text: str) -> datetime.date | None:
    """The date of a tidy value, or None."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def check(content: Content, *, starts_on: datetime.date, today: datetime.date, before: Decimal,
          open_milestones: Iterable[int], lights: Iterable[str]) -> None:  # fmt: skip
    """Raise ValidationError that names every field that is missing or wrong; `before` is the progress in force."""
    errors: dict[str, str] = {}
    for field in FIELDS:
        if field.required and not content.get(field.name):
            errors[field.name] = _("Please fill in “%(field)s”.") % {"field": field.label}
    for name in (*TEXTS, *ANSWERS):
        if len(content.get(name, "")) > LONGEST_TEXT:
            errors[name] = _("At most %(most)d characters; there are %(have)d.") % {
                "most": LONGEST_TEXT,
                "have": len(content[name]),
            }
    errors |= _check_progress(content, before)
    errors |= _check_milestones(content, starts_on, today, set(open_milestones))
    errors |= _check_forecast(content, starts_on)
    if content.get("self_light") and content["self_light"] not in set(lights):
        errors["self_light"] = _("Choose one of the lights.")
    if errors:
        raise ValidationError(errors)


def _check_progress(content: Content, before: Decimal) -> dict[str, str]:
    text = content.get("progress", "")
    if not text:
        return {}
    try:
        progress = Decimal(text)
    except InvalidOperation:
        return {"progress": _("Progress is a number from 0 to 100.")}
    if not (progress.is_finite() and 0 <= progress <= 100):
        return {"progress": _("Progress is a number from 0 to 100.")}
    if progress != round(progress, 2):
        return {"progress": _("Progress has at most two decimals.")}
    if progress < before and not content.get("progress_reason"):
        words = _("Progress falls from %(before)s %% to %(now)s %%. Please say why.")
        return {"progress_reason": words % {"before": format(before.normalize(), "f"), "now": text}}
    return {}


def _check_milestones(
    content: Content, starts_on: datetime.date, today: datetime.date, open_numbers: set[int]
) -> dict[str, str]:
    for number, text in content.get("milestones", {}).items():
        words = {"number": number}
        if not number.isdecimal() or len(number) > MOST_DIGITS or int(number) not in open_numbers:
            return {"milestones": _("Milestone %(number)s is not open in this task.") % words}
        day = as_date(text)
        if day is None:
            return {"milestones": _("Give the day on which milestone %(number)s was done.") % words}
        if day > today:
            return {
                "milestones": _("Milestone %(number)s: the day it was done cannot be in the future.") % words
            }
        if day < starts_on:
            return {
                "milestones": _("Milestone %(number)s: the day it was done is before the task's start.")
                % words
            }
    return {}


def _check_forecast(content: Content, starts_on: datetime.date) -> dict[str, str]:
    text = content.get("forecast_on", "")
    if not text:
        return {}
    day = as_date(text)
    if day is None:
        return {"forecast_on": _("Write the date as 2021-09-30.")}
    if day < starts_on:
        return {"forecast_on": _("The expected completion is before the task's start.")}
    return {}


def differences(old: Content | None, new: Content) -> list[str]:
    """The names of the fields that differ, files included."""
    old = old or blank()
    names = [name for name in FIELD_NAMES if (old.get(name) or "") != (new.get(name) or "")]
    if file_hashes(old) != file_hashes(new):
        names.append("files")
    return names


def file_hashes(content: Content) -> set[str]:
    return {file["sha256"] for file in content.get("files", [])}


def remembered(past: Mapping[str, Any], version: int, content: Any) -> dict[str, Any]:
    """The contents of a draft by their versions, this one added: what two open pages are merged from."""
    kept = sorted(past.items(), key=lambda item: int(item[0]))[1 - KEPT_PAST :]
    return {**dict(kept), str(version): content}


def merge(
    base: Mapping[str, Any] | None, mine: Mapping[str, Any], theirs: Mapping[str, Any],
    names: Iterable[str] = (*FIELD_NAMES, *ANSWERS),
) -> tuple[dict[str, Any], list[str]]:  # fmt: skip
    """Three-way merge by field: what both keep, and the names of the fields that both changed differently.

    Where the base is not known any more, every field that differs is a conflict.
    """
    merged = dict(theirs)
    conflicts = []
    for name in names:
        wanted, stored = mine.get(name, ""), theirs.get(name, "")
        started = object() if base is None else base.get(name, "")
        if wanted in (stored, started):
            continue
        if stored == started:
            merged[name] = wanted
        else:
            conflicts.append(name)
    return merged, conflicts
