"""One report in the middle of the desk: field by field against the last approved one, with checks and traffic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade import clock
from qdtrade.audit import history
from qdtrade.differences import Run
from qdtrade.errors import Words
from qdtrade.lights.reading import light_up
from qdtrade.templatetags import days
from qdtrade.templatetags.words import listed
from tasks import content as contents
from tasks import rules, showing
from tasks.cooperating import cooperating
from tasks.models import Milestone, Report, ReportFile, ReportVersion

from . import report_checks


@dataclass(frozen=True)
class CompareRow:
    """One field, last approved against now, with a note and what was asked about it before."""

    name: str
    label: Words
    changed: bool
    old: list[Run]
    new: list[Run]
    notes: list[str] = field(default_factory=list)
    old_light: str = ""
    new_light: str = ""
    remark: showing.Remark | None = None
    written: str = ""


def signed(points: Decimal) -> str:
    """+6 or −3, with a true minus."""
    text = format(abs(points).normalize(), "f")
    return f"+{text}" if points > 0 else f"−{text}"


def page(row: Report, user: Any) -> dict[str, Any]:
    """The report in the middle and what stands around it."""
    version = row.current
    if version is None:
        return {"version": None, "task": row.task, "traffic": traffic(row)}
    light_up([row.task])
    base = _base_of(row, user)
    milestones = list(row.task.milestones.all())
    past = list(row.versions.select_related("decided_by", "decided_for").in_order())
    returned = next(
        (
            one
            for one in past
            if one.decision == ReportVersion.Decision.RETURNED and one.number < version.number
        ),
        None,
    )
    files = _files(row, version, user)
    compared = compare(row, base, milestones, returned)
    return {
        "in_hand": row.taken_by_id is not None and rules.has_taken(row, user),
        "task": row.task,
        "version": version,
        "base": base,
        "lines": compared,
        "changed": sum(line.changed for line in compared),
        "first_changed": next((line.name for line in compared if line.changed), compared[0].name),
        "due": row.review_due_on,
        "refuse_note": _refuse_note(row),
        "files": files,
        "claimed_progress": Decimal(version.content["progress"]),
        "planned": row.task.planned_progress(clock.today()),
        "done_steps": sum(one.actual_on is not None for one in milestones),
        "all_steps": len(milestones),
        "checks": report_checks.checks(row, base, milestones),
        "effect": report_checks.effect(row, milestones),
        "traffic": traffic(row),
        "cooperating": cooperating(row.task.pk, row.period.pk, user),
        "returned": returned,
    }


def _refuse_note(row: Report) -> str:
    days_left = row.task.programme.resubmit_days
    return ngettext(
        "To be resubmitted within %(days)d working day. Remarks beside the fields go with it.",
        "To be resubmitted within %(days)d working days. Remarks beside the fields go with it.",
        days_left,
    ) % {"days": days_left}


def _base_of(row: Report, user: Any) -> ReportVersion | None:
    """What it is compared with, for a row that came `with_base()`."""
    if row.base is None:
        return None
    versions = ReportVersion.objects.visible_to(user).filter(pk=row.base)
    return versions.select_related("report__expected__period").first()


def _files(row: Report, version: ReportVersion, user: Any) -> list[ReportFile]:
    numbers = [int(line["id"]) for line in version.content.get("files", [])]
    files = ReportFile.objects.visible_to(user).filter(report=row, pk__in=numbers)
    return list(files.select_related("blob", "milestone").in_order())


def compare(
    row: Report, base: ReportVersion | None, milestones: Sequence[Milestone], returned: ReportVersion | None
) -> list[CompareRow]:
    """Field by field, the last approved content against the one at hand."""
    assert row.current is not None
    old, new = base.content if base else None, row.current.content
    asked = {remark.name: remark for remark in showing.remarks_of(returned, new)}
    titles = {str(one.number): one.title for one in milestones}
    return [
        _compare_row(line, old, new, row, milestones, asked.get(line.name))
        for line in showing.compared(old, new, titles)
    ]


def _compare_row(
    line: showing.Line,
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any],
    row: Report,
    milestones: Sequence[Milestone],
    remark: showing.Remark | None,
) -> CompareRow:
    changed, before, after, notes = line.changed, line.old, line.new, []
    if line.name == "progress":
        notes = _progress_notes(old, new, row)
    elif line.name == "milestones":
        before, after, changed = _step_runs(new, row, milestones)
        notes = [_claim_words(number, day, milestones) for number, day in new["milestones"].items()]
    elif line.name == "files":
        before, after, changed, notes = _file_runs(old, new)
    is_light = line.name == "self_light"
    return CompareRow(
        name=line.name,
        label=line.label,
        changed=changed,
        old=before,
        new=after,
        notes=notes,
        old_light=(old or {}).get("self_light", "") if is_light else "",
        new_light=new["self_light"] if is_light else "",
        remark=remark,
    )


def _progress_notes(old: Mapping[str, Any] | None, new: Mapping[str, Any], row: Report) -> list[str]:
    planned = _("plan %(planned)d %%") % {"planned": row.task.planned_progress(clock.today())}
    moved = Decimal(new["progress"]) - Decimal(old["progress"]) if old else Decimal(0)
    return [f"{signed(moved)} · {planned}" if moved else planned]


def _step_runs(
    new: Mapping[str, Any], row: Report, milestones: Sequence[Milestone]
) -> tuple[list[Run], list[Run], bool]:
    """How many milestones are done, and would be."""
    mine = set(row.in_force.content["milestones"]) if row.in_force else set()
    done = {str(one.number) for one in milestones if one.actual_on}
    after = (done - mine) | new["milestones"].keys()
    changed = after != done
    words = [f"{len(numbers)} / {len(milestones)}" for numbers in (done, after)]
    return [Run(words[0], changed)], [Run(words[1], changed)], changed


def _claim_words(number: str, day: str, milestones: Sequence[Milestone]) -> str:
    found = next((one for one in milestones if str(one.number) == number), None)
    if found is None:
        return number
    return _("claims milestone %(number)s “%(title)s”: planned for %(plan)s, done on %(day)s") % {
        "number": number,
        "title": found.title,
        "plan": days.iso(found.plan_on),
        "day": day,
    }


def _file_runs(
    old: Mapping[str, Any] | None, new: Mapping[str, Any]
) -> tuple[list[Run], list[Run], bool, list[str]]:
    """How many files there were and are, and the names of the new ones."""
    known = contents.file_hashes(dict(old or {}))
    files = new.get("files", [])
    fresh = [file["name"] for file in files if file["sha256"] not in known]
    counts = [len((old or {}).get("files", [])), len(files)]
    words = [ngettext("%(count)d file", "%(count)d files", count) % {"count": count} for count in counts]
    return [Run(words[0])], [Run(words[1], bool(fresh))], bool(fresh), [listed(fresh)] if fresh else []


def traffic(row: Report) -> list[history.Line]:
    """What went to and fro about this report, newest first."""
    return history.acts(history.of_object(row).defer("line", "state")[:20])
