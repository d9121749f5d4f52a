"""Projects as people read them: how far one has come, which gate is next, and how late that is."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qdtrade.templatetags.words import listed

from . import lagging
from .lagging import Lag
from .models import Gate, Project


@dataclass(frozen=True)
class Row:
    """One project of the list."""

    project: Project
    kinds: list[str]
    next: Gate | None
    waiting: bool
    lags: list[Lag]

    @property
    def reached(self) -> int:
        """How many gates are confirmed."""
        return self.kinds.count("done")

    @property
    def why(self) -> str:
        """Everything that is wrong with it, in one line."""
        return _("; ").join(lag.reason for lag in self.lags)

    @property
    def state(self) -> str:
        """Behind, stalled, both, or nothing."""
        return listed(dict.fromkeys(lag.label for lag in self.lags))


def rows(projects: Sequence[Project], today: datetime.date) -> list[Row]:
    """The rows of one page; the projects came with `for_list()` and `with_lags()`."""
    return [row(project, today) for project in projects]


def row(project: Project, today: datetime.date) -> Row:
    gates = list(project.gates.all())
    next_gate = next((gate for gate in gates if not gate.is_confirmed), None) if project.is_alive else None
    return Row(
        project=project,
        kinds=[kind(gate, project, today) for gate in gates],
        next=next_gate,
        waiting=any(gate.status == Gate.Status.PROPOSED for gate in gates),
        lags=lagging.lags(project, today),
    )


def kind(gate: Gate, project: Project, today: datetime.date) -> str:
    """How a gate is drawn: done, claimed, overdue, due, or waived where its project ended."""
    if gate.is_confirmed:
        return "done"
    if not project.is_alive:
        return "waived"
    if gate.status == Gate.Status.PROPOSED:
        return "claimed"
    return "overdue" if gate.plan_on and gate.plan_on < today else "due"


def off_words(gate: Gate) -> str:
    """By how much the fact came later or earlier than planned; empty where it did not."""
    if gate.fact_on is None or gate.plan_on is None or gate.fact_on == gate.plan_on:
        return ""
    off = (gate.fact_on - gate.plan_on).days
    if off > 0:
        return ngettext("%(days)d day late", "%(days)d days late", off) % {"days": off}
    return ngettext("%(days)d day early", "%(days)d days early", -off) % {"days": -off}


def reached_words(row: Row) -> str:
    """In words: spreadsheets take 1/6 for a day in January."""
    return _("%(done)d of %(all)d") % {"done": row.reached, "all": len(row.kinds)}
