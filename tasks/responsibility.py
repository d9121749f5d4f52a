"""Who owes how much: what each bureau leads and holds, and the chain from the lead to bureaus and districts.

Every figure is counted in SQL over what the person sees; here they are put beside each other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.programmes.models import Period, Programme

from .models import ExpectedPart, ExpectedReport, Part, Task

Figures = Mapping[str, int]

LED = ("led", "to_accept", "in_progress", "late_nodes", "settled", "not_reported")
HELD = ("held", "given", "unsigned", "accepted", "overdue", "back", "done", "not_filed")


@dataclass(frozen=True)
class Scope:
    """Whose figures, and of what: one programme as a person sees it, in one period, perhaps of one field of work."""

    user: Any
    programme: Programme
    period: Period | None
    field: Any = None

    def tasks(self) -> QuerySet[Any]:
        """With whether a milestone of the task is overdue."""
        rows = Task.objects.visible_to(self.user).filter(programme=self.programme)
        late = Task.objects.overdue(clock.today()).filter(pk=OuterRef("pk"))
        return self._of_field(rows, "field").annotate(is_late=Exists(late))

    def parts(self) -> QuerySet[Any]:
        today = clock.today()
        rows = Part.objects.visible_to(self.user).filter(task__programme=self.programme)
        seen = self._of_field(rows, "task__field")
        unsigned = Part.objects.not_signed_in_time(today).filter(pk=OuterRef("pk"))
        over = Part.objects.past_their_day(today).filter(pk=OuterRef("pk"))
        return seen.annotate(is_unsigned=Exists(unsigned), is_over=Exists(over))

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
        _by(scope.tasks(), "lead", OF_TASKS),
        _by(scope.reports(), "bureau", {"not_reported": Count("pk")}),
        _by(scope.parts(), "bureau", OF_PARTS),
        _by(scope.filings(), "bureau", OF_FILINGS),
    ):
        for pk, figures in counted.items():
            if pk in found:
                found[pk].figures |= figures
    concerned = [line for line in found.values() if line.count("led") or line.count("held")]
    return sorted(concerned, key=_worst_first)


def _worst_first(line: Line) -> tuple[int, ...]:
    late = line.count("late_nodes") + line.count("unsigned") + line.count("overdue")
    missing = line.count("not_reported") + line.count("not_filed")
    return (-late, -missing, -line.count("led"), -line.count("held"), line.bureau.pk)


def _by(rows: QuerySet[Any], key: str, counts: Mapping[str, Any]) -> dict[int, dict[str, int]]:
    found = rows.order_by().values(key).annotate(**counts)
    return {line.pop(key): line for line in found}


def totals(scope: Scope) -> dict[str, int]:
    """The same figures of everything that the person sees, and how many bureaus lead and hold."""
    reports = scope.reports().order_by().aggregate(not_reported=Count("pk"))
    tasks = scope.tasks().order_by().aggregate(**OF_TASKS, leads=Count("lead", distinct=True))
    parts = scope.parts().order_by().aggregate(**OF_PARTS, holders=Count("bureau", distinct=True))
    return tasks | reports | parts | scope.filings().order_by().aggregate(**OF_FILINGS)


@dataclass(frozen=True)
class Branch:
    """A line of the chain: a lead, a bureau below it, or a district below that."""

    level: int
    bureau: Bureau
    lead: Bureau
    figures: Figures
    is_open: bool = False


IN_CHAIN = {
    "tasks": Count("task", distinct=True),
    "parts": Count("pk"),
    "signed": Count("pk", filter=Q(accepted_at__isnull=False)),
}


def chain_sum(scope: Scope) -> dict[str, int]:
    """The first line of the chain: all tasks with parts, all parts, and what was filed on them."""
    parts = scope.parts().exclude(status=Part.Status.ENDED).order_by().aggregate(**IN_CHAIN)
    filings = scope.filings().exclude(part__status=Part.Status.ENDED).order_by().aggregate(**OF_FILINGS)
    return parts | filings


def chain(scope: Scope, bureaus: Mapping[int, Bureau], opened: set[int] | None) -> list[Branch]:
    """Each lead whose tasks have parts; of those that are opened (None: all), who holds them, and who below whom."""
    parts = scope.parts().exclude(status=Part.Status.ENDED)
    filings = scope.filings().exclude(part__status=Part.Status.ENDED)
    leads = _by(parts, "task__lead", IN_CHAIN)
    _join(leads, _by(filings, "part__task__lead", OF_FILINGS))
    at = {"lead": F("task__lead"), "above": F("under__bureau"), "by": F("bureau")}
    below = _by_chain(parts, at, IN_CHAIN, opened)
    at = {"lead": F("part__task__lead"), "above": F("part__under__bureau"), "by": F("bureau")}
    _join(below, _by_chain(filings, at, OF_FILINGS, opened))
    found = []
    for pk in sorted(leads, key=lambda one: (bureaus[one].position, one)):
        is_open = opened is None or pk in opened
        found.append(Branch(1, bureaus[pk], bureaus[pk], leads[pk], is_open))
        if is_open:
            found += _branches(pk, below, bureaus)
    return found


def _by_chain(
    rows: QuerySet[Any], at: dict[str, Any], counts: Mapping[str, Any], opened: set[int] | None
) -> dict[Any, dict[str, int]]:
    """Counts by lead, bureau above and bureau, of the opened leads alone."""
    rows = rows.order_by().annotate(**{f"chain_{name}": value for name, value in at.items()})
    if opened is not None:
        rows = rows.filter(chain_lead__in=opened)
    found = rows.values("chain_lead", "chain_above", "chain_by").annotate(**counts)
    return {(line.pop("chain_lead"), line.pop("chain_above"), line.pop("chain_by")): line for line in found}


def _join(found: dict[Any, dict[str, int]], more: dict[Any, dict[str, int]]) -> None:
    for key, figures in more.items():
        if key in found:
            found[key] |= figures


def _branches(lead: int, below: Mapping[Any, Figures], bureaus: Mapping[int, Bureau]) -> list[Branch]:
    """The bureaus that hold parts of this lead's tasks, each followed by those that hold parts below its own."""
    keys = [key for key in below if key[0] == lead]
    own = {key[2] for key in keys if key[1] is None}
    above = own | {key[1] for key in keys if key[1] is not None}
    found = []
    for bureau in sorted(above, key=lambda one: (bureaus[one].position, one)):
        if bureau != lead:
            figures = below.get((lead, None, bureau), {})
            found.append(Branch(2, bureaus[bureau], bureaus[lead], figures))
        under = [key for key in keys if key[1] == bureau]
        for key in sorted(under, key=lambda one: (bureaus[one[2]].position, one[2])):
            level = 3 if bureau != lead else 2
            found.append(Branch(level, bureaus[key[2]], bureaus[lead], below[key]))
    return found
