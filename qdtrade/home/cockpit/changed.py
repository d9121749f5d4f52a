"""What changed since the end of the period before: lights, decisions on reports, completions and gates."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from projects.models import Gate
from qdtrade import clock
from qdtrade.lights.words import sentence
from tasks import ledger, light_changes
from tasks.models import ReportVersion, Task

from .asked import Figure, Scope
from .course import rows_of

SHOWN = 3
DECISIONS = ReportVersion.Decision


@dataclass(frozen=True)
class Turned:
    """A task whose light changed, and why it is what it is."""

    task: Task
    why: str


@dataclass(frozen=True)
class Changed:
    """The panel; `since` is the day at whose end the period before was settled."""

    since: datetime.date
    worse: Figure
    better: Figure
    turned: list[Turned]
    approved: Figure
    returned: Figure
    done: Figure
    recognised: Figure
    gates: list[Gate] = field(default_factory=list)

    @property
    def is_quiet(self) -> bool:
        figures = (self.worse, self.better, self.approved, self.returned, self.done, self.recognised)
        return not any(one.count for one in figures) and not self.gates


def changed(scope: Scope) -> Changed | None:
    """The panel, in seven questions; None where there was no period before."""
    if scope.since is None:
        return None
    day, first = scope.since, scope.since + datetime.timedelta(days=1)
    worse = light_changes.changed(scope.tasks(), "worse", day)
    better = light_changes.changed(scope.tasks(), "better", day).count()
    reports = (
        scope.owed()
        .order_by()
        .aggregate(
            **{name: Count("pk", filter=Q(ledger.decided_since(name, first))) for name in DECISIONS.values}
        )
    )
    asked = {name: {f"{name}_from": first.isoformat()} for name in DECISIONS.values}
    done = scope.tasks().verified_since(first)
    recognised = rows_of(scope).counted(scope.today).filter(recognised_on__gte=first)
    return Changed(
        since=day,
        worse=scope.figure(worse.count(), "task_list", worse_since=day.isoformat()),
        better=scope.figure(better, "task_list", better_since=day.isoformat()),
        turned=_turned(worse),
        approved=scope.figure(reports["approved"], "report_list", **asked["approved"]),
        returned=scope.figure(reports["returned"], "report_list", **asked["returned"]),
        done=scope.figure(done.count(), "task_list", done_from=first.isoformat()),
        recognised=scope.figure(
            recognised.count(), "breakthrough_list", recognised_from=first.isoformat(), counted="true"
        ),
        gates=_gates(scope, first),
    )


def _turned(rows: Any) -> list[Turned]:
    """The worst of those that turned worse, the reds first."""
    found = rows.order_by("light_rank", "field__number", "position", "pk")[:SHOWN]
    return [Turned(task, sentence(task.light_reasons)) for task in found]


def _gates(scope: Scope, first: datetime.date) -> list[Gate]:
    """Gates of signings confirmed since, the last ones first."""
    rows = Gate.objects.filter(
        project__in=scope.projects().order_by().values("pk"),
        status=Gate.Status.CONFIRMED,
        decided_at__gte=clock.start_of(first),
    )
    return list(rows.select_related("project").order_by("-decided_at", "-pk")[:SHOWN])
