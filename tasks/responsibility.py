"""Who owes how much: what each bureau leads and holds, and the chain from the lead to bureaus and districts.

Every figure is counted in SQL over what the person sees; here they are put beside each other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.lights.levels import NO_LIGHT, WORST_FIRST
from qdtrade.programmes.models import Period, Programme

from .models import ExpectedPart, ExpectedReport, Part, Task

Figures = Mapping[str, int]

LIGHTS = (*(level.value for level in WORST_FIRST), NO_LIGHT)
"""What tasks are counted by; the last are those of which no light was kept yet."""


@dataclass(frozen=True)
class Scope:
    """Whose figures, and of what: one programme as a person sees it, in one period, perhaps of one field of work."""

    user: Any
    programme: Programme
    period: Period | None
    field: Any = None

    def tasks(self) -> QuerySet[Any]:
        """With their lights, and with whether a milestone is overdue."""
        rows = Task.objects.visible_to(self.user).filter(programme=self.programme)
        late = Task.objects.overdue(clock.today()).filter(pk=OuterRef("pk"))
        return self._of_field(rows, "field").with_light().annotate(is_late=Exists(late))

    def parts(self) -> QuerySet[Any]:
        """With the lights of their tasks, and with whether a clock of theirs is over."""
        today = clock.today()
        rows = Part.objects.visible_to(self.user).filter(task__programme=self.programme)
        seen = self._of_field(rows, "task__field")
        unsigned = Part.objects.not_signed_in_time(today).filter(pk=OuterRef("pk"))
        over = Part.objects.past_their_day(today).filter(pk=OuterRef("pk"))
        return seen.with_light().annotate(is_unsigned=Exists(unsigned), is_over=Exists(over))

    def reports(self) -> QuerySet[Any]:
        rows = ExpectedReport.objects.visible_to(self.user).filter(period=self.period).owed().not_filed()
        return self._of_field(rows, "task__field")

    def filings(self) -> QuerySet[Any]:
        """What is owed on parts in the period, filed or not."""
        rows = ExpectedPart.objects.visible_to(self.user).filter(period=self.period).owed()
        return self._of_field(rows, "part__task__field")

    def _of_field(self, rows: Any, at: str) -> Any:
        return rows.filter(**{at: self.field}) if self.field is not None else rows


OF_TASKS = {
    "led": Count("pk"),
    "to_accept": Count("pk", filter=Q(status=Task.Status.REGISTERED)),
    "in_progress": Count("pk", filter=Q(status=Task.Status.IN_PROGRESS)),
    "late_nodes": Count("pk", filter=Q(is_late=True)),
    "settled": Count("pk", filter=Q(status=Task.Status.DONE)),
}
OF_PARTS = {
    "held": Count("pk"),
    "given": Count("pk", filter=Q(status=Part.Status.GIVEN)),
    "unsigned": Count("pk", filter=Q(is_unsigned=True)),
    "accepted": Count("pk", filter=Q(status=Part.Status.ACCEPTED)),
    "overdue": Count("pk", filter=Q(is_over=True)),
    "back": Count("pk", filter=Q(status=Part.Status.SENT_BACK)),
    "done": Count("pk", filter=Q(status=Part.Status.DONE)),
    "running": Count("pk", filter=~Q(status=Part.Status.ENDED)),
    "signed": Count("pk", filter=~Q(status=Part.Status.ENDED) & Q(accepted_at__isnull=False)),
}
OF_FILINGS = {
    "owed": Count("pk"),
    "not_filed": Count("pk", filter=Q(first_submitted_at=None)),
    "filed": Count("pk", filter=Q(first_submitted_at__isnull=False)),
}


@dataclass
class Line:
    """A bureau with what it leads and what it holds."""

    bureau: Bureau
    figures: dict[str, int] = field(default_factory=dict)

    def count(self, name: str) -> int:
        """A figure by its name; 0 where there is nothing to count."""
        return self.figures.get(name, 0)


def lines(scope: Scope, bureaus: Iterable[Bureau]) -> list[Line]:
    """The given bureaus that lead or hold anything, the most late and not filed first."""
    found = {bureau.pk: Line(bureau) for bureau in bureaus}
    for counted in (
        counted_by(scope.tasks(), "lead", OF_TASKS),
        lights_by(scope.tasks(), "lead", "led"),
        counted_by(scope.reports(), "bureau", {"not_reported": Count("pk")}),
        counted_by(scope.parts(), "bureau", OF_PARTS),
        lights_by(scope.parts(), "bureau", "held"),
        counted_by(scope.filings(), "bureau", OF_FILINGS),
    ):
        for pk, figures in counted.items():
            if pk in found:
                found[pk].figures |= figures
    concerned = [line for line in found.values() if line.count("led") or line.count("held")]
    return sorted(concerned, key=_worst_first)


def _worst_first(line: Line) -> tuple[int, ...]:
    missing = line.count("not_reported") + line.count("not_filed")
    lit = (
        [line.count(f"led_{light}") for light in LIGHTS[:2]],
        [line.count(f"held_{light}") for light in LIGHTS[:2]],
    )
    (red, yellow), (held_red, held_yellow) = lit
    sizes = line.count("led"), line.count("held")
    return (*(-one for one in (red, missing, yellow, held_red, held_yellow, *sizes)), line.bureau.pk)


def counted_by(rows: QuerySet[Any], key: str, counts: Mapping[str, Any]) -> dict[int, dict[str, int]]:
    """The counts of the rows of each value of a column."""
    found = rows.order_by().values(key).annotate(**counts)
    return {line.pop(key): line for line in found}


def lights_by(rows: QuerySet[Any], key: str, prefix: str) -> dict[int, dict[str, int]]:
    """How many rows of each value of a column show which light, as `prefix_red` and so on."""
    found: dict[int, dict[str, int]] = {}
    for line in rows.order_by().values(key, "light").annotate(rows=Count("pk")):
        found.setdefault(line[key], {})[f"{prefix}_{line['light'] or NO_LIGHT}"] = line["rows"]
    return found


def totals(scope: Scope) -> dict[str, int]:
    """The same figures of everything that the person sees, and how many bureaus lead and hold."""
    reports = scope.reports().order_by().aggregate(not_reported=Count("pk"))
    tasks = scope.tasks().order_by().aggregate(**OF_TASKS, leads=Count("lead", distinct=True))
    parts = scope.parts().order_by().aggregate(**OF_PARTS, holders=Count("bureau", distinct=True))
    found = tasks | reports | parts | scope.filings().order_by().aggregate(**OF_FILINGS)
    for rows, prefix in ((scope.tasks(), "led"), (scope.parts(), "held")):
        for figures in lights_by(rows, "light", prefix).values():
            found |= figures
    return found
