"""A report's content as people read it: values in words, remarks with what became of them, what is missing."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade.differences import Run, compare
from qdtrade.errors import Words
from qdtrade.programmes.models import Timeliness
from qdtrade.templatetags import days

from . import content as contents
from .models import ExpectedReport, Light, Milestone, Report, ReportFile, ReportVersion, SignOff, Task

SHOWN = (
    "done",
    "progress",
    "progress_reason",
    "milestones",
    "files",
    "problems",
    "forecast_on",
    "self_light",
)
"""In the order of the page: evidence stands after the milestones that it proves."""


def in_words(name: str, content: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """One field's value as text; `titles` names the milestones by number."""
    value = content.get(name)
    if not value:
        return ""
    if name == "progress":
        return f"{value} %"
    if name == "self_light":
        return str(dict(Light.choices).get(value, value))
    if name == "milestones":
        return "\n".join(_claim(number, day, titles) for number, day in sorted(value.items(), key=_by_number))
    if name == "files":
        return "\n".join(f"{file['name']} · {filesizeformat(file['size'])}" for file in value)
    return str(value)


def _by_number(pair: tuple[str, str]) -> int:
    return int(pair[0]) if pair[0].isdecimal() else 0


def _claim(number: str, day: str, titles: Mapping[str, str]) -> str:
    words = _("Milestone %(number)s %(title)s: done on %(day)s")
    return words % {"number": number, "title": titles.get(number, ""), "day": day or days.NONE}


def titles_of(report: Report) -> dict[str, str]:
    """The titles of the task's milestones by number, from those that were read with it."""
    return {str(milestone.number): milestone.title for milestone in report.task.milestones.all()}


@dataclass(frozen=True)
class Line:
    """One field in an old and a new content, with the runs that differ."""

    name: str
    label: Words
    changed: bool
    old: list[Run]
    new: list[Run]


def compared(
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any],
    titles: Mapping[str, str],
    only: Collection[str] = SHOWN,
) -> list[Line]:
    """Each field of two contents side by side."""
    lines = []
    for name in (*SHOWN, *contents.ANSWERS):
        if name not in only:
            continue
        before, after = in_words(name, old or {}, titles), in_words(name, new, titles)
        if name == "progress_reason" and not before and not after:
            continue
        lines.append(Line(name, contents.label_of(name), before != after, *compare(before, after)))
    return lines


@dataclass(frozen=True)
class Remark:
    """What the reviewer wrote beside a field, and what became of it: the field was changed, or an answer written."""

    number: int
    name: str
    label: Words
    text: str
    at: datetime.datetime
    changed: bool
    answer: str = ""
    of_head: bool = False
    """Written by the head of the bureau, who did not sign, and not by the pilot office."""

    @property
    def answered(self) -> bool:
        return self.changed or bool(self.answer)

    @property
    def key(self) -> str:
        """Tells it from another one beside the same field."""
        return f"head-{self.name}" if self.of_head else self.name


def remarks_of(
    version: ReportVersion | None, content: Mapping[str, Any], sent_back: SignOff | None = None
) -> list[Remark]:
    """The remarks of a returned version with their answers in the content given, and those of the head who sent a text
    back, in the order of the form.
    """
    found = []
    if version is not None and version.decision == ReportVersion.Decision.RETURNED:
        found += _remarks(version, content, 1, contents.answers_in(content))
    if sent_back is not None:
        found += _remarks(sent_back, content, len(found) + 1, {}, of_head=True)
    return found


def _remarks(
    kept: ReportVersion | SignOff,
    content: Mapping[str, Any],
    first: int,
    answers: Mapping[str, str],
    *,
    of_head: bool = False,
) -> list[Remark]:
    if kept.decided_at is None:
        return []
    changed = set(contents.differences(kept.content, dict(content)))
    names = [name for name in SHOWN if kept.remarks.get(name)]
    return [
        Remark(
            number,
            name,
            contents.LABELS[name],
            kept.remarks[name],
            kept.decided_at,
            name in changed,
            answers.get(name, ""),
            of_head,
        )
        for number, name in enumerate(names, first)
    ]


def file_lines(files: Iterable[ReportFile]) -> list[dict[str, str]]:
    """Evidence in the shape in which a version keeps it."""
    return [{"name": file.name, "sha256": file.blob.sha256, "size": str(file.blob.size)} for file in files]


def missing(content: Mapping[str, Any], proved: Collection[str]) -> list[Words]:
    """The headings of what must still be filled in; `proved` holds the milestones that have a file."""
    found = [field.label for field in contents.FIELDS if field.required and not content.get(field.name)]
    if content.get("milestones", {}).keys() - set(proved):
        found.append(contents.LABELS["files"])
    return found


def due_words(milestone: Milestone, today: datetime.date) -> str:
    """How far a milestone's planned day is away, in words; empty for one that is done."""
    if milestone.is_settled or milestone.task.status in Task.AT_REST:
        return ""
    left = (milestone.plan_on - today).days
    if left < 0:
        return ngettext("%(days)d day overdue", "%(days)d days overdue", -left) % {"days": -left}
    return ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}


@dataclass(frozen=True)
class ReportState:
    """How far a report is, as a code and a word of the design system."""

    code: str
    label: Words
    timeliness: str = ""


def first_overdue(task: Task, today: datetime.date) -> Milestone | None:
    """The milestone of a running task that is overdue for longest."""
    if task.status != Task.Status.IN_PROGRESS:
        return None
    late = [one for one in task.milestones.all() if one.state(today) == Milestone.State.OVERDUE]
    return min(late, key=lambda one: (one.plan_on, one.number), default=None)


def days_overdue(number: int) -> str:
    return ngettext("%(days)d day overdue", "%(days)d days overdue", number) % {"days": number}


def report_state(expected: ExpectedReport) -> ReportState:
    """The state of what is owed; a row that came with `with_timeliness()`, its report and whether it has a draft."""
    timeliness = str(expected.timeliness)
    report = expected.report
    if timeliness == Timeliness.EXEMPT:
        return ReportState("exempt", "", timeliness)
    is_missing = timeliness == Timeliness.MISSING
    if report.status != Report.Status.DRAFT and not (report.status == Report.Status.SIGN_OFF and is_missing):
        return ReportState(report.status, report.get_status_display(), timeliness)
    if is_missing:
        return ReportState("missing", "", timeliness)
    return ReportState("draft" if report.has_draft else "not_filed", "", timeliness)
