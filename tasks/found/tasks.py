"""Tasks by code, name, standard and bureau; milestones by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from qdtrade.differences import Run
from qdtrade.programmes.finding import HEARD_IN, Asked, Group
from qdtrade.sought import Word

from ..models import Milestone, Task
from ..models.task import TaskQuerySet


@dataclass(frozen=True)
class TaskHit:
    """A task; the standard where the hit stands in it and not in the name."""

    task: Task
    code: list[Run]
    title: list[Run]
    standard: list[Run]
    lead: list[Run]


@dataclass(frozen=True)
class MilestoneHit:
    """A milestone of a task."""

    milestone: Milestone
    title: list[Run]


def in_programme(asked: Asked) -> TaskQuerySet:
    return Task.objects.visible_to(asked.by).filter(programme=asked.programme)


def tasks(asked: Asked) -> QuerySet[Task]:
    """By code first, then by name, by sound, by standard; those of a bureau that was asked for last."""
    found = in_programme(asked).sought(asked.words)
    return found.order_by(_rank(asked), "field__number", "position", "code", "pk")


def _rank(asked: Asked) -> Case:
    named, sounding, promised = Q(), Q(), Q()
    for word in asked.words:
        named &= word.within("code", "title")
        sounding &= word.within("code", "title") | word.sounds()
        promised &= word.within("code", "title", "standard") | word.sounds()
    cases = [
        When(code__iexact=asked.text, then=Value(0)),
        When(code__istartswith=asked.text, then=Value(1)),
        *(When(where, then=Value(place)) for place, where in enumerate((named, sounding, promised), 2)),
    ]
    return Case(*cases, default=Value(9), output_field=IntegerField())


def task_hits(rows: Sequence[Task], asked: Asked) -> Iterable[TaskHit]:
    for task in rows:
        in_name = asked.holds(task.title) or asked.holds(task.code)
        standard = asked.around(task.standard) if not in_name and asked.holds(task.standard) else []
        yield TaskHit(
            task, asked.marked(task.code), asked.marked(task.title), standard, asked.marked(str(task.lead))
        )


def task_names(word: Word, asked: Asked) -> Iterable[str]:
    found = in_programme(asked).filter(word.sounds()).order_by("pk")
    return found.values_list("title", flat=True)[:HEARD_IN]


def milestones(asked: Asked) -> QuerySet[Milestone]:
    """By name, as the register is numbered."""
    rows = Milestone.objects.visible_to(asked.by).filter(task__programme=asked.programme)
    for word in asked.words:
        rows = rows.filter(word.within("title"))
    return rows.order_by("task__field__number", "task__position", "number", "pk")


def milestone_hits(rows: Sequence[Milestone], asked: Asked) -> Iterable[MilestoneHit]:
    return [MilestoneHit(row, asked.marked(row.title)) for row in rows]


TASKS = Group(
    name="tasks",
    label=_("Tasks"),
    looked_in=_("code, name, standard, bureau"),
    template="tasks/_found_task.html",
    rows=tasks,
    hits=task_hits,
    whole=lambda rows: rows.for_list(),
    named=task_names,
    place=10,
    shown=6,
)
MILESTONES = Group(
    name="milestones",
    label=_("Milestones"),
    looked_in=_("name"),
    template="tasks/_found_milestone.html",
    rows=milestones,
    hits=milestone_hits,
    whole=lambda rows: rows.select_related("task"),
    place=30,
)
