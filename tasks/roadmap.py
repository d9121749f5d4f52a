"""The roadmap: every task of a field with its bar, its nodes and its light, read in a fixed number of queries."""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from qdtrade.charts import roadmap as chart
from qdtrade.lights.levels import WORST_FIRST, Level
from qdtrade.programmes.models import Programme
from qdtrade.templatetags.qdtrade import light as drawn_light

from . import nodes
from .models import Field, Milestone, Report, Task
from .models.task import TaskQuerySet

FIRST = 3
"""Rows of a field that the phone shows at once: its worst."""
LONG = 40
"""A field with more rows may be parted on paper."""
AHEAD = datetime.timedelta(days=366)
"""A forecast further beyond the last due day than this does not widen the picture."""
SHOWN = (
    "programme", "field", "code", "position", "title", "status", "starts_on", "due_on", "baseline_due_on",
    "forecast_on", "progress", "source", "is_sample", "sample_fields",
)  # fmt: skip
KINDS = {"not_due": chart.DUE}


@dataclass(frozen=True)
class Next:
    """The node that comes next, or that is overdue for longest; in words, as a list shows it."""

    words: str
    day: str
    late: str


@dataclass(frozen=True)
class Row:
    """One task with what its lane shows."""

    task: Any
    url: str
    light: str
    """Drawn once for all rows that show it."""
    words: str
    """What the bar shows, for those who hear it."""
    next: Next
    lane: chart.Lane
    place: int = 0
    """1 for the worst of its field, until FIRST; 0 for the others."""


@dataclass
class Block:
    """A field with how many of its tasks have which light, and those of its rows that this page shows."""

    field: Field
    lights: dict[str, int] = dataclasses.field(default_factory=dict)
    overdue: dict[str, int] = dataclasses.field(default_factory=dict)
    rows: list[Row] = dataclasses.field(default_factory=list)
    continues: bool = False
    """Whether its first rows stand on the page before."""
    place: int = 1
    """Its place on the phone, where the field with most red comes first."""

    @property
    def count(self) -> int:
        return sum(self.lights.values())

    @property
    def counts(self) -> list[tuple[Level, int]]:
        return [(level, self.lights[level]) for level in WORST_FIRST if self.lights.get(level)]

    @property
    def rest(self) -> int:
        """How many the phone leaves behind a link."""
        return self.count - min(FIRST, len(self.rows))

    @property
    def is_long(self) -> bool:
        return len(self.rows) > LONG


def blocks(tasks: Any, fields: Sequence[Field], today: datetime.date) -> list[Block]:
    """Every field with its counts; the tasks came with their lights."""
    found = {one.pk: Block(one) for one in fields}
    late = Count("pk", filter=Q(pk__in=tasks.model.objects.overdue(today).order_by().values("pk")))
    for line in tasks.order_by().values("field", "light").annotate(tasks=Count("pk"), late=late):
        if line["field"] in found:
            found[line["field"]].lights[line["light"]] = line["tasks"]
            found[line["field"]].overdue[line["light"]] = line["late"]
    worst = sorted(found.values(), key=lambda one: [-one.lights.get(level, 0) for level in WORST_FIRST])
    for place, block in enumerate(worst, 1):
        block.place = place
    return list(found.values())


def days(tasks: TaskQuerySet) -> list[datetime.date]:
    """The days that the picture must hold."""
    found = tasks.order_by().aggregate(
        first=Min("starts_on"), last=Max("due_on"), expected=Max("forecast_on")
    )
    if found["first"] is None:
        return []
    expected = min(found["expected"] or found["last"], _later(found["last"]))
    return [found["first"], found["last"], expected]


def _later(day: datetime.date) -> datetime.date:
    return day + AHEAD if day < datetime.date.max - AHEAD else day


def for_roadmap(tasks: TaskQuerySet) -> TaskQuerySet:
    """With what a row shows, in two queries whatever their number."""
    milestones = Milestone.objects.defer("waived_reason", "waived_by", "waived_for").order_by("number", "pk")
    return tasks.only(*SHOWN).in_order().prefetch_related(Prefetch("milestones", milestones))


def claims(tasks: Sequence[Task], user: Any) -> dict[int, dict[str, datetime.date | None]]:
    """What reports under review claim of each task: the day by the milestone's number."""
    waiting = Report.objects.visible_to(user).filter(
        status=Report.Status.SUBMITTED, expected__task__in=[task.pk for task in tasks]
    )
    found: dict[int, dict[str, datetime.date | None]] = {}
    for task, claimed in waiting.order_by("pk").values_list("expected__task", "current__content__milestones"):
        found[task] = found.get(task, {}) | nodes.claims_in({"milestones": claimed or {}})
    return found


def fill(
    blocks: Sequence[Block],
    tasks: Sequence[Any],
    claimed: Mapping[int, Mapping[str, datetime.date | None]],
    axis: chart.Axis,
    today: datetime.date,
    *,
    programme: Programme,
    against_baseline: bool = False,
) -> None:
    """Put the rows of the page into their fields."""
    by_field = {block.field.pk: block for block in blocks}
    places, address = _places(tasks), f"{reverse('task_list')}%d/?programme={programme.code}"
    lights = {light: drawn_light(light, short=True) for light in {task.light for task in tasks}}
    for task in tasks:
        drawn, coming = _nodes(task, claimed.get(task.pk, {}), today)
        span = chart.Span(
            task.starts_on, task.due_on, task.progress, drawn, task.baseline_due_on, task.forecast_on
        )
        lane = chart.lane(span, axis, today=today, against_baseline=against_baseline)
        block = by_field.get(task.field_id)
        if block is not None:
            url, light = address % task.pk, lights[task.light]
            block.rows.append(Row(task, url, light, _bar_words(task), coming, lane, places.get(task.pk, 0)))


def _bar_words(task: Task) -> str:
    words = {"first": task.starts_on, "last": task.due_on, "progress": round(task.progress)}
    if task.forecast_on is None:
        return _("%(first)s to %(last)s, %(progress)d percent done") % words
    return _("%(first)s to %(last)s, %(progress)d percent done, expected on %(day)s") % (
        words | {"day": task.forecast_on}
    )


def _places(tasks: Sequence[Any]) -> dict[int, int]:
    """Which tasks are the worst of their fields: by light, then as the register is numbered."""
    found: dict[int, int] = {}
    seen: dict[int, int] = {}
    for task in sorted(tasks, key=lambda one: one.light_rank):
        seen[task.field_id] = place = seen.get(task.field_id, 0) + 1
        if place <= FIRST:
            found[task.pk] = place
    return found


def _nodes(
    task: Task, claimed: Mapping[str, datetime.date | None], today: datetime.date
) -> tuple[list[chart.Node], Next]:
    drawn, open_nodes, done, owed = [], [], 0, 0
    for one in task.milestones.all():
        claimed_on = claimed.get(str(one.number))
        code, _label, note = nodes.stands(one, claimed_on, task, today)
        day = one.actual_on or (claimed_on if code == "claimed" and claimed_on else one.plan_on)
        drawn.append(chart.Node(day, KINDS.get(code, code), _words(one, note), one.baseline_on))
        done += code == "done"
        owed += code != "waived"
        if code not in {"done", "waived"}:
            open_nodes.append((one.plan_on, one.number, note if code == "overdue" else ""))
    return drawn, _next(min(open_nodes, default=None), done, owed, today)


def _words(milestone: Milestone, note: str) -> str:
    """What the mark says under the pointer."""
    words = {"number": milestone.number, "title": milestone.title, "day": milestone.plan_on.isoformat()}
    if note:
        return _("%(number)d %(title)s, planned for %(day)s, %(note)s") % (words | {"note": note})
    return _("%(number)d %(title)s, planned for %(day)s") % words


def _next(coming: tuple[datetime.date, int, str] | None, done: int, owed: int, today: datetime.date) -> Next:
    counts: dict[str, Any] = {"done": done, "all": owed}
    if coming is None:
        return Next(_("%(done)d of %(all)d nodes done") % counts, "", "")
    day, number, late = coming
    words = _("node %(number)d, %(done)d of %(all)d done") % (counts | {"number": number})
    return Next(words, day.strftime("%m-%d") if day.year == today.year else day.isoformat(), late)
