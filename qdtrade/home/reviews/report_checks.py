"""What the program looks for in a report before a person decides it, and what approving it would change."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.templatetags.words import listed
from tasks import content as contents
from tasks.models import Milestone, Report, ReportVersion

from .kind import Check


def checks(row: Report, base: ReportVersion | None, milestones: Sequence[Milestone]) -> list[Check]:
    """What the program could check; a person still reads the text."""
    assert row.current is not None
    new, found = row.current.content, [Check(True, _("all required fields are filled in"))]
    first, due = row.expected.first_submitted_on, row.period.due_on
    late = first is not None and first > due
    if row.current.filed_from:
        found.append(Check(False, _("filed by the office for the bureau: read the source beside it")))
    found.append(Check(not late, _("first submitted late") if late else _("first submitted on time")))
    if new["milestones"]:
        found.append(Check(True, _("each claimed milestone has evidence")))
    for one in milestones:
        day = contents.as_date(new["milestones"].get(str(one.number), ""))
        if day and day > one.plan_on:
            words = {"number": one.number, "days": (day - one.plan_on).days}
            found.append(
                Check(False, _("milestone %(number)d was done %(days)d days after its plan") % words)
            )
    return [*found, *_progress_checks(row, base, new), *_overdue_checks(new, milestones)]


def _progress_checks(row: Report, base: ReportVersion | None, new: Mapping[str, Any]) -> list[Check]:
    found = []
    if base and Decimal(new["progress"]) < Decimal(base.content["progress"]):
        found.append(Check(False, _("progress goes back; the reason is given")))
    behind = row.task.planned_progress(clock.today()) - round(Decimal(new["progress"]))
    if behind >= 10:
        found.append(Check(False, _("%(points)d points behind schedule") % {"points": behind}))
    return found


def _overdue_checks(new: Mapping[str, Any], milestones: Sequence[Milestone]) -> list[Check]:
    today = clock.today()
    late = [
        str(one.number)
        for one in milestones
        if not one.is_settled and one.plan_on < today and str(one.number) not in new["milestones"]
    ]
    if not late:
        return []
    return [Check(False, _("milestone %(numbers)s is overdue and not claimed") % {"numbers": listed(late)})]


def effect(row: Report, milestones: Sequence[Milestone]) -> str:
    """What approving changes in the register."""
    assert row.current is not None
    new, task = row.current.content, row.task
    words = []
    older = task.facts_period is not None and task.facts_period.starts_on > row.period.starts_on
    if not older:
        before, after = format(task.progress.normalize(), "f"), new["progress"]
        words.append(_("progress %(before)s → %(after)s") % {"before": before, "after": after})
    if new["milestones"]:
        words.append(_("milestone %(numbers)s becomes done") % {"numbers": listed(new["milestones"])})
    if not words:
        return _("Approving changes the history only: a later report is in force.")
    return _("Approving writes to the register: %(facts)s.") % {"facts": _(", ").join(words)}
