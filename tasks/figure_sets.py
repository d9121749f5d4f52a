"""The figures of the tasks that bulletins quote and a frozen period keeps."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qdtrade import clock
from qdtrade.lights.levels import NO_LIGHT, Level
from qdtrade.lights.models import LightRule
from qdtrade.programmes.freezing import FigureSet, Part, figure
from qdtrade.programmes.models import Period, PeriodFigure

from . import figures
from .models import Task
from .models.task import TaskQuerySet

ALL = "all"
FILTER_BY = {"field": "field", "bureau": "lead"}
"""What the register calls a break-down."""

STATUS = {
    ALL: Part(_("Tasks"), _("all tasks of the register")),
    **{
        str(status): Part(status.label, _("tasks in this state"), {"status": str(status)})
        for status in Task.Status
    },
}
LIGHT = {
    **{
        str(level): Part(
            level.label, _("tasks that show this light, by the rule in force"), {"light": str(level)}
        )
        for level in Level
    },
    NO_LIGHT: Part(_("no light"), _("tasks for which no light was kept"), {"light": NO_LIGHT}),
}
LATER = {"moved": "due"}
SLIPPAGE = {
    "slipped": Part(
        _("Tasks later than their baseline"),
        _("due later than the baseline ÷ tasks with a baseline"),
        LATER,
    ),
    "days": Part(_("Days later altogether"), _("due date − baseline, of those that are later"), LATER),
    "most": Part(_("Days later at most"), _("due date − baseline, the largest"), LATER),
    "milestones": Part(
        _("Milestones later than their baseline"),
        _("planned later than the baseline ÷ milestones with a baseline"),
    ),
    "milestone_tasks": Part(
        _("Tasks of these milestones"),
        _("with a milestone planned later than its baseline"),
        {"moved": "milestone"},
    ),
    "overdue": Part(
        _("Tasks with an overdue milestone"),
        _("in progress, with a milestone past its planned day and not done"),
        {"overdue": "true"},
    ),
}


def _tasks(period: Period) -> TaskQuerySet:
    return Task.objects.filter(programme=period.programme_id)


def statuses(period: Period) -> Iterator[PeriodFigure]:
    """How many tasks are in which state."""
    if not period.is_of_reports:
        return
    found = figures.by_status(_tasks(period))
    yield figure(ALL, sum(found.values()), unit="count")
    for status, count in found.items():
        yield figure(status, count, unit="count")


def lights(period: Period) -> Iterator[PeriodFigure]:
    """How many tasks show which light, and how many of each field and lead bureau."""
    if not period.is_of_reports:
        return
    rules = LightRule.objects.filter(programme=period.programme_id).in_force(clock.today())
    rule = {"version": ", ".join(str(one) for one in rules.in_order()), "unit": "count"}
    tasks = _tasks(period)
    yield from _of_lights(figures.by_light(tasks), **rule)
    for by in figures.BY:
        for line in figures.light_by(tasks, by):
            yield from _of_lights(line.lights, by=by, key=line.key, label=line.name, **rule)


def _of_lights(counts: Any, **of: Any) -> Iterator[PeriodFigure]:
    for light, count in counts.items():
        yield figure(light or NO_LIGHT, count, **of)


def slippage(period: Period) -> Iterator[PeriodFigure]:
    """How far the plan has moved from its baseline, and what is overdue."""
    if not period.is_of_reports:
        return
    found = figures.slippage(_tasks(period), clock.today())
    yield figure("slipped", found.slipped, numerator=found.slipped, denominator=found.tasks, unit="count")
    yield figure("days", found.days, unit="days")
    yield figure("most", found.most, unit="days")
    nodes = {"numerator": found.slipped_milestones, "denominator": found.milestones}
    yield figure("milestones", found.slipped_milestones, **nodes, unit="count")
    yield figure("milestone_tasks", found.milestone_tasks, unit="count")
    yield figure("overdue", found.overdue, unit="count")


def _register(parts: dict[str, Part]) -> Any:
    """The way to the register with the rows of a figure."""

    def url(row: PeriodFigure) -> str:
        opens = parts[row.part].opens
        if not opens and row.part != ALL:
            return ""
        group = {FILTER_BY[row.by]: row.key} if row.by else {}
        asked = {"programme": row.period.programme.code, "view": "all", **group, **opens}
        return f"{reverse('task_list')}?{urlencode(asked)}"

    return url


SETS = (
    FigureSet("tasks.status", _("Tasks by state"), statuses, STATUS, _register(STATUS), is_stand=True),
    FigureSet("tasks.light", _("Tasks by light"), lights, LIGHT, _register(LIGHT), is_stand=True),
    FigureSet("tasks.slippage", _("Slippage"), slippage, SLIPPAGE, _register(SLIPPAGE), is_stand=True),
)
