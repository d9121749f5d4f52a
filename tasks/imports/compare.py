"""A row of the file beside the stored task: what would be written, and what may not be."""

import copy
import dataclasses
import datetime
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError

from qdtrade.imports.reading.dates import Span
from qdtrade.imports.reading.directory import Directory
from qdtrade.imports.reading.said import said as _

from ..actions.importing import MilestoneEntry, Seen, TaskEntry
from ..models import Milestone, Task, TaskBureau
from .cells import one_line, text_of
from .codes import order_of
from .milestones import ReadMilestone
from .plan import Change
from .register import RegisterRow

ONLY_MILESTONE = "完成全部工作"
"""The title of the milestone that a row without any gets at its due date."""
OTHER_FIELD = "其他"
"""The field of tasks from a register that knows no fields."""
_PLAIN = (
    "title",
    "standard",
    "starts_on",
    "due_on",
    "due_words",
    "own_choice",
    "source",
    "is_sample",
    "sample_fields",
)
_FIXED = (Task.Status.DONE, Task.Status.DROPPED)
_UNCHECKED = {
    "programme", "field", "lead", "registered_at", "accepted_by", "accepted_for", "facts_period", "baseline_due_on",
    "declined_by", "declined_for", "claimed_by", "claimed_for", "decided_by", "decided_for",
}  # fmt: skip


@dataclasses.dataclass
class Comparison:
    """What would be written for a row. Names of bureaus and fields are those of the file; None stays as it is."""

    values: dict[str, Any] = dataclasses.field(default_factory=dict)
    field: str | None = None
    lead: str | None = None
    supporting: tuple[str, ...] | None = None
    milestones: list[MilestoneEntry] = dataclasses.field(default_factory=list)
    changes: list[Change] = dataclasses.field(default_factory=list)
    refusals: list[tuple[str, str, str]] = dataclasses.field(default_factory=list)
    notes: list[str] = dataclasses.field(default_factory=list)

    def entry(self, code: str, seen: Seen | None) -> TaskEntry:
        return TaskEntry(
            code, self.values, self.field, self.lead, self.supporting, tuple(self.milestones), seen
        )

    def change(self, name: str, old: str, new: str, effect: str = "") -> None:
        self.changes.append(Change(name, "", old, new, effect))


def compare_new(row: RegisterRow, programme: Span | None) -> Comparison:
    """A task that is not in the register yet."""
    values = row.values
    result = Comparison(field=values["field"] or OTHER_FIELD, lead=values.get("lead"))
    result.supporting = tuple(values.get("support", ()))
    result.values = {name: values[name] for name in _PLAIN if name in values}
    result.values |= {"extra": row.extra, "position": order_of(row.code)}
    due: datetime.date | None = values.get("due_on")
    if "starts_on" not in values and programme is not None:
        result.values["starts_on"] = min(programme.first, due) if due else programme.first
        result.notes.append("starts_with_programme")
    result.milestones = [
        MilestoneEntry(number, one.title, one.plan_on) for number, one in enumerate(row.milestones or [], 1)
    ]
    if not result.milestones and due:
        result.milestones = [MilestoneEntry(1, ONLY_MILESTONE, due)]
        result.notes.append("only_milestone")
    if not row.refusals:
        _check(Task(code=row.code, **result.values), result)
    return result


def compare_stored(row: RegisterRow, task: Task, directory: Directory) -> Comparison:
    """A task that is in the register: only what differs would be written."""
    result = Comparison()
    for name in _PLAIN:
        if name in row.values and row.values[name] != _as_read(name, getattr(task, name)):
            result.values[name] = row.values[name]
            effect = _("The baseline stays.") if name == "due_on" and task.accepted_at else ""
            result.change(name, shown(getattr(task, name)), shown(row.values[name]), effect)
    _compare_extra(row, task, result)
    if row.values["field"] and row.values["field"] != task.field.name:
        result.field = row.values["field"]
        result.change("field", task.field.name, result.field)
    _compare_bureaus(row, task, directory, result)
    _compare_milestones(row, task, result)
    if result.changes and task.status in _FIXED:
        is_done = task.status == Task.Status.DONE
        done = _("The task is done; it is not changed any more.")
        reason = done if is_done else _("The task was dropped; it is not changed any more.")
        result.refusals.append(
            ("title", reason, _("Take this row out of the file, or restore it as it was."))
        )
    elif result.values and not row.refusals:
        changed = copy.copy(task)
        for name, value in result.values.items():
            setattr(changed, name, value)
        _check(changed, result)
    return result


def _as_read(name: str, value: Any) -> Any:
    """A stored value as a file gives it back: blanks that no reader keeps are no difference."""
    if name == "title":
        return one_line(value)
    return text_of(value) if isinstance(value, str) else value


def _check(task: Task, result: Comparison) -> None:
    """The model's own rules; uniqueness is checked for all rows at once, bureaus and fields by name."""
    try:
        task.full_clean(exclude=_UNCHECKED, validate_unique=False, validate_constraints=False)
    except ValidationError as fault:
        for name, reasons in fault.message_dict.items():
            result.refusals += [(name, reason, _("Correct it in the file.")) for reason in reasons]


def _compare_extra(row: RegisterRow, task: Task, result: Comparison) -> None:
    """Other columns by their headings, the second of a name after the first; those that the file does not have stay."""
    stored, found = _numbered(task.extra), _numbered(row.extra)
    for key, value in found.items():
        if stored.get(key, "").strip() != value:
            result.changes.append(Change("extra", key[0], stored.get(key, ""), value))
            result.values["extra"] = [
                [heading, text] for (heading, _number), text in (stored | found).items()
            ]


def _numbered(extra: list[list[str]]) -> dict[tuple[str, int], str]:
    seen: Counter[str] = Counter()
    found = {}
    for heading, value in extra:
        found[heading, seen[heading]] = value
        seen[heading] += 1
    return found


def _compare_bureaus(row: RegisterRow, task: Task, directory: Directory, result: Comparison) -> None:
    lead = row.values.get("lead")
    leads = directory.find(lead) if lead else None
    if lead and (leads is None or leads.pk != task.lead_id):
        result.lead = lead
        result.change(
            "lead", str(task.lead), str(leads or lead), _("The new lead bureau has to accept the task.")
        )
        if task.status != Task.Status.REGISTERED:
            reason = _("The task is in progress; its lead bureau is not changed by a file.")
            cure = _("Leave %(bureau)s here, and hand the task over in the system.") % {"bureau": task.lead}
            result.refusals.append(("lead", reason, cure))
    if "support" not in row.values:
        return
    had = {
        link.bureau_id: str(link.bureau) for link in task.links.all() if link.part == TaskBureau.Part.SUPPORT
    }
    found = {name: directory.find(name) for name in row.values["support"]}
    lead_pk = leads.pk if leads else None if result.lead else task.lead_id
    wanted = {(bureau.pk if bureau else name): str(bureau or name) for name, bureau in found.items()}
    wanted.pop(lead_pk, None)
    for part in task.open_parts:
        if part.bureau_id not in wanted and part.bureau_id != lead_pk:
            reason = _("%(bureau)s holds a part of this task; a file does not take it off.") % {
                "bureau": part.bureau
            }
            cure = _("Leave %(bureau)s here, or end its part in the system first.") % {"bureau": part.bureau}
            result.refusals.append(("support", reason, cure))
    if set(wanted) != set(had):
        result.supporting = tuple(
            name for name, bureau in found.items() if bureau is None or bureau.pk != lead_pk
        )
        differing = {"more": len(wanted.keys() - had.keys()), "fewer": len(had.keys() - wanted.keys())}
        effect = _("%(more)s more, %(fewer)s fewer.") % differing
        result.change("support", "、".join(had.values()), "、".join(wanted.values()), effect)


def _compare_milestones(row: RegisterRow, task: Task, result: Comparison) -> None:
    """What the file leaves out stays, since an import never deletes."""
    stored = list(task.milestones.all())
    due = result.values.get("due_on")
    if not row.milestones:
        if due and len(stored) == 1 and stored[0].title == ONLY_MILESTONE and stored[0].plan_on != due:
            _bring_up_to_date(stored[0], ONLY_MILESTONE, due, task, result)
        return
    matched = _matched_milestones(row.milestones, stored)
    last = max((one.number for one in stored), default=0)
    for position, wanted in enumerate(row.milestones):
        have = matched.get(position)
        if have is None:
            last += 1
            result.milestones.append(MilestoneEntry(last, wanted.title, wanted.plan_on))
            result.change("milestones", "", f"{last}. {wanted.title}（{wanted.plan_on.isoformat()}）")
        elif (have.title, have.plan_on) != wanted:
            _bring_up_to_date(have, wanted.title, wanted.plan_on, task, result)
    if len(matched) < len(stored):
        result.notes.append("milestones_kept")


def _matched_milestones(wanted: list[ReadMilestone], stored: list[Milestone]) -> dict[int, Milestone]:
    """The stored milestone of each one in the file: the very same first, then by title, then by number."""
    left = {one.pk: one for one in stored}
    matched: dict[int, Milestone] = {}
    likeness: tuple[Callable[[int, ReadMilestone, Milestone], bool], ...] = (
        lambda _position, one, have: (have.title, have.plan_on) == one,
        lambda _position, one, have: have.title == one.title,
        lambda position, _one, have: have.number == position + 1,
    )
    for is_alike in likeness:
        for position, one in enumerate(wanted):
            found = next((have for have in left.values() if is_alike(position, one, have)), None)
            if position not in matched and found is not None:
                matched[position] = left.pop(found.pk)
    return matched


def _bring_up_to_date(
    milestone: Milestone, title: str, plan_on: datetime.date, task: Task, result: Comparison
) -> None:
    if milestone.actual_on and milestone.plan_on != plan_on:
        reason = _("Milestone %(number)s is done; its date is not changed any more.") % {
            "number": milestone.number
        }
        cure = _("Leave %(day)s.") % {"day": milestone.plan_on.isoformat()}
        result.refusals.append(("milestones", reason, cure))
    result.milestones.append(MilestoneEntry(milestone.number, title, plan_on, milestone.pk))
    effect = _moved((plan_on - milestone.plan_on).days, is_accepted=task.accepted_at is not None)
    old = f"{milestone.number}. {milestone.title}（{milestone.plan_on.isoformat()}）"
    result.change("milestones", old, f"{milestone.number}. {title}（{plan_on.isoformat()}）", effect)


def _moved(days: int, *, is_accepted: bool) -> str:
    """What it means that a milestone's day moves by so many days."""
    if not days:
        return ""
    words = {"days": abs(days)}
    if is_accepted:
        later, earlier = (
            _("%(days)s days later; the baseline stays."),
            _("%(days)s days earlier; the baseline stays."),
        )
    else:
        later, earlier = _("%(days)s days later."), _("%(days)s days earlier.")
    return (later if days > 0 else earlier) % words


def shown(value: Any) -> str:
    """A value as it stands in reports."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(map(str, value))
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
