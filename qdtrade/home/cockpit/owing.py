"""Who owes what now: per lead bureau what is expected and not filed, what is red, and what is overdue."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse

from qdtrade.accounts.models import Bureau
from tasks.models import Task

from .asked import Figure, Scope

COUNTS = ("owed", "missing", "red", "overdue")


@dataclass(frozen=True)
class Line:
    """One bureau, or all: reports owed and not filed, tasks that are red, and those with a milestone overdue."""

    name: str
    owed: Figure
    missing: Figure
    red: Figure
    overdue: Figure
    chase_url: str


@dataclass(frozen=True)
class Owing:
    """The worst bureaus and the sum of all; `bureaus` is how many owe or lead anything, `in_trouble` how many of them
    lack a report, or lead a red or overdue task.
    """

    lines: list[Line]
    total: Line
    bureaus: int
    in_trouble: int


def owing(scope: Scope, most: int, *, may_chase: bool) -> Owing:
    """The panel, in three questions."""
    found = _counted(scope)
    names = dict(Bureau.objects.filter(pk__in=found).values_list("pk", "short_name"))
    order = sorted(found, key=lambda pk: (_badness(found[pk]), -pk), reverse=True)
    troubled = [pk for pk in order if any(found[pk].get(name) for name in COUNTS[1:])]
    lines = [_line(scope, names[pk], found[pk], pk, may_chase=may_chase) for pk in troubled[:most]]
    whole = {name: sum(line.get(name, 0) for line in found.values()) for name in COUNTS}
    return Owing(lines, _line(scope, "", whole, None, may_chase=may_chase), len(found), len(troubled))


def _counted(scope: Scope) -> dict[int, dict[str, int]]:
    late = Task.objects.overdue(scope.today).values("pk")
    tasks = scope.tasks().with_light().order_by().values("lead")
    reports = scope.owed().filter(period=scope.period).owed().order_by().values("bureau")
    found: dict[int, dict[str, int]] = {}
    for row in tasks.annotate(
        red=Count("pk", filter=Q(light="red")), overdue=Count("pk", filter=Q(pk__in=late))
    ):
        found[row.pop("lead")] = row
    for row in reports.annotate(owed=Count("pk"), missing=Count("pk", filter=Q(first_submitted_at=None))):
        bureau = row.pop("bureau")
        found[bureau] = found.get(bureau, {}) | row
    return found


def _badness(counts: dict[str, int]) -> tuple[int, ...]:
    return tuple(counts.get(name, 0) for name in ("red", "overdue", "missing"))


def _line(scope: Scope, name: str, counts: dict[str, int], bureau: int | None, *, may_chase: bool) -> Line:
    led = {"lead": bureau} if bureau is not None else {}
    of_period: dict[str, Any] = {"period": scope.period.pk} if scope.period is not None else {}
    of_period |= {"bureau": bureau} if bureau is not None else {}
    asked = {"programme": scope.programme.code} | ({"bureau": bureau} if bureau is not None else {})
    return Line(
        name=name,
        owed=scope.figure(counts.get("owed", 0), "report_list", **of_period, owed="true"),
        missing=scope.figure(counts.get("missing", 0), "report_list", **of_period, filed="false"),
        red=scope.figure(counts.get("red", 0), "task_list", **led, light="red"),
        overdue=scope.figure(counts.get("overdue", 0), "task_list", **led, overdue="true"),
        chase_url=f"{reverse('chase')}?{urlencode(asked)}" if may_chase else "",
    )
