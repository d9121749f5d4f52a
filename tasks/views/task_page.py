"""What the page of a task shows: its specification, its roadmap, its inspection line, and what happened."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.audit import history
from qdtrade.charts import progress as progress_chart
from qdtrade.charts import timeline
from qdtrade.lights import history as history_of_lights
from qdtrade.lights.showing import lit
from qdtrade.programmes.current import records_of
from qdtrade.programmes.models import Period

from .. import beside, nodes
from ..models import ExpectedReport, Milestone, Report, ReportFile, ReportVersion, Task
from ..showing import ReportState, days_overdue, first_overdue, report_state
from ..workflow import writes
from . import life, part_tree

SHOWN_ACTS, ALL_ACTS = 8, 200
"""How many acts the page tells at first, and when all are asked for."""

FRAMES = (("desk", timeline.DESK), ("phone", timeline.PHONE))
"""The picture is drawn once for each, and CSS shows the one that fits."""

EVENTS_PER_ACT = 6
"""One act writes a few events; so many are read for each act that is told."""


@dataclass(frozen=True)
class Step:
    """A milestone with what has become of it."""

    milestone: Milestone
    state: str
    label: str
    note: str
    slip: str
    claimed_on: datetime.date | None
    files: int


@dataclass(frozen=True)
class Filed:
    """The report of one period, as a line of the inspection line."""

    expected: ExpectedReport
    state: ReportState
    before: Decimal | None
    after: Decimal | None
    light: str
    """As it was kept for the last day of the period, or by today where that is not over."""
    self_light: str
    version: ReportVersion | None
    is_in_force: bool


def context(request: HttpRequest, task: Task) -> dict[str, Any]:
    """Everything that the page's template reads."""
    today = clock.today()
    expected = _expected(request.user, task)
    files = _files(request.user, task)
    steps = _steps(task, expected, files, today)
    turns = history_of_lights.changes(task.lights.all())
    filed = _filed(expected, turns)
    planned = task.planned_progress(today)
    acts, count = _history(request, task)
    return {
        "task": task,
        "programme": task.programme,
        "today": today,
        "planned": planned,
        "behind": planned - round(task.progress) if task.status in Task.REPORTING else 0,
        "overdue": _overdue(task, today),
        "steps": steps,
        "step_counts": _step_counts(steps),
        "pictures": [(place, _picture(task, steps, frame, today)) for place, frame in FRAMES],
        "lit": lit(task, request.user, turns),
        "light_url": reverse("task_light", args=[task.pk]),
        "light_end_url": reverse("task_light_end", args=[task.pk]),
        "filed": filed,
        "filed_count": sum(line.expected.first_submitted_at is not None for line in filed),
        "curve": _curve(task, filed, today, planned),
        "files": files,
        "acts": acts,
        "event_count": count,
        "whole_history": request.GET.get("history") == "all",
        "all_records": records_of(request.user, task.programme, about=task.code),
        **life.context(task, request.user),
        "parts": part_tree.of_task(task, request.user),
        "beside": beside.of_task(request.user, task),
        "to_write": _to_write(request.user, expected),
        "next_period": _next_period(request.user, task) if not filed else None,
    }


def _expected(user: Any, task: Task) -> list[ExpectedReport]:
    """What the task owed, newest period first, with versions, timeliness and whether there is a draft."""
    rows = ExpectedReport.objects.visible_to(user).filter(task=task).with_timeliness(clock.now())
    rows = rows.select_related(
        "period",
        "bureau",
        "task__programme",
        "task__lead",
        "report__current",
        "report__in_force",
        "report__draft",
    ).defer("report__draft__content", "report__draft__past")
    return list(rows.order_by("-period__starts_on", "-pk"))


def _files(user: Any, task: Task) -> list[ReportFile]:
    """Evidence that was submitted and still stands, newest first."""
    rows = ReportFile.objects.visible_to(user).filter(
        report__expected__task=task, kept_at__isnull=False, dropped_at=None
    )
    rows = rows.select_related("blob", "milestone", "report__expected__period")
    return list(rows.order_by("-added_at", "-pk"))


def _overdue(task: Task, today: datetime.date) -> str:
    """The sentence for the milestone that is overdue for longest."""
    found = first_overdue(task, today)
    if found is None:
        return ""
    words = {"number": found.number, "late": days_overdue((today - found.plan_on).days)}
    return _("milestone %(number)d is %(late)s") % words


def _steps(
    task: Task, expected: list[ExpectedReport], files: list[ReportFile], today: datetime.date
) -> list[Step]:
    claimed = _claimed(expected)
    proofs: dict[int | None, int] = {}
    for file in files:
        proofs[file.milestone_id] = proofs.get(file.milestone_id, 0) + 1
    return [
        _step(milestone, claimed.get(str(milestone.number)), proofs.get(milestone.pk, 0), task, today)
        for milestone in task.milestones.all()
    ]


def _claimed(expected: list[ExpectedReport]) -> dict[str, datetime.date | None]:
    """The days claimed by reports that wait for review, by the milestone's number."""
    waiting = [row.report.current for row in expected if row.report.status == Report.Status.SUBMITTED]
    found: dict[str, datetime.date | None] = {}
    for version in waiting:
        if version is not None:
            found |= nodes.claims_in(version.content)
    return found


def _step(
    milestone: Milestone, claimed_on: datetime.date | None, files: int, task: Task, today: datetime.date
) -> Step:
    milestone.claimed = claimed_on is not None  # type: ignore[attr-defined]
    code, label, note = nodes.stands(milestone, claimed_on, task, today)
    claimed = claimed_on if code == "claimed" else None
    return Step(milestone, code, label, note, nodes.slip_words(milestone), claimed, files)


def _step_counts(steps: list[Step]) -> dict[str, int]:
    states = [step.state for step in steps]
    counts = {name: states.count(name) for name in ("done", "claimed", "overdue", "waived")}
    return counts | {"all": len(steps) - counts["waived"], "next": len(steps) - states.count("done")}


def _picture(task: Task, steps: list[Step], frame: timeline.Frame, today: datetime.date) -> timeline.Timeline:
    drawn = [
        timeline.Step(
            name=f"{step.milestone.number} {step.milestone.title}",
            note=step.note,
            plan_on=step.milestone.plan_on,
            baseline_on=step.milestone.baseline_on,
            forecast_on=step.milestone.forecast_on,
            actual_on=step.milestone.actual_on,
            claimed_on=step.claimed_on,
            is_owed=step.state != "waived" and task.status not in Task.AT_REST,
        )
        for step in steps
    ]
    return timeline.draw(
        drawn,
        frame,
        first=task.starts_on,
        last=task.due_on,
        today=today,
        name=nodes.tick_name,
        flag=nodes.flag_words(today),
    )


def _filed(expected: list[ExpectedReport], turns: list[history_of_lights.Change]) -> list[Filed]:
    """A line per period; each starts from the progress in force of the period before."""
    lines: list[Filed] = []
    before: Decimal | None = None
    for row in reversed(expected):
        version = row.report.current or row.report.in_force
        after = Decimal(version.content["progress"]) if version else None
        own = version.content["self_light"] if version else ""
        light = history_of_lights.level_on(turns, row.period.ends_on)
        is_in_force = version is not None and version.pk == row.report.in_force_id
        lines.append(Filed(row, report_state(row), before, after, light, own, version, is_in_force))
        if row.report.in_force is not None:
            before = Decimal(row.report.in_force.content["progress"])
    return lines[::-1]


def _curve(task: Task, filed: list[Filed], today: datetime.date, planned: int) -> progress_chart.Curve | None:
    """The line of approved progress; None before the first approved report."""
    readings = [
        (min(line.expected.period.ends_on, today), Decimal(line.expected.report.in_force.content["progress"]))
        for line in reversed(filed)
        if line.expected.report.in_force is not None
    ]
    if not readings or today < task.starts_on:
        return None
    return progress_chart.draw(readings, starts_on=task.starts_on, today=today, planned=planned)


def _history(request: HttpRequest, task: Task) -> tuple[list[history.Line], int]:
    """The latest acts, or all of them where the address asks, and how many events there are."""
    events = history.of_root(task)
    most = ALL_ACTS if request.GET.get("history") == "all" else SHOWN_ACTS
    latest = events.defer("line", "state")[: most * EVENTS_PER_ACT]
    return history.acts(latest)[:most], events.count()


def _to_write(user: Any, expected: list[ExpectedReport]) -> ExpectedReport | None:
    """The newest report that waits for the person to write it."""
    for row in expected:
        row.report.expected = row
        waits = row.report.status in Report.WRITABLE and row.period.is_running
        if (waits or row.report.status == Report.Status.RETURNED) and writes(row.report, user):
            return row
    return None


def _next_period(user: Any, task: Task) -> Period | None:
    """The first period that has not opened: the one for which the first report will be owed."""
    planned = Period.objects.visible_to(user).filter(
        programme=task.programme_id, status=Period.Status.PLANNED
    )
    return planned.order_by("starts_on", "pk").first()
