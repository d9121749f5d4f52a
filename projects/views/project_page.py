"""What the page of a project shows: its money facts, its gates on the line of time, its money, proof, and past."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from qdtrade import clock
from qdtrade.audit import history
from qdtrade.charts import leaders
from qdtrade.errors import NotAllowed
from qdtrade.lights import history as history_of_lights
from qdtrade.lights.showing import lit
from qdtrade.programmes.current import records_of, roles_in
from qdtrade.programmes.models.membership import READS_ALL
from qdtrade.web import Offer, offers
from qdtrade.workflow import is_for, why_not

from .. import drawn, rate_showing, rules, showing
from ..models import ExpectedUpdate, Gate, GateFile, MoneyEvent, Project
from ..workflow import GATE_MOVES, PROJECT_MOVES, PROPOSE

SHOWN_ACTS, ALL_ACTS = 8, 200
"""How many acts the page tells at first, and when all are asked for."""

EVENTS_PER_ACT = 6
WIDE = 1128
"""The room of the picture below the gates."""


@dataclass(frozen=True)
class Column:
    """One gate as a column of the table."""

    gate: Gate
    kind: str
    off: str
    files: list[GateFile]
    moves: list[Offer]


@dataclass(frozen=True)
class Sum:
    """One dated sum with the running total of its kind, and whether it can still be taken back."""

    row: MoneyEvent
    total: Decimal
    is_open: bool


def context(request: HttpRequest, project: Project) -> dict[str, Any]:
    """Everything that the page's template reads; the project came with `for_list()` and `with_tasks()`."""
    today, user = clock.today(), request.user
    gates = _gates(user, project)
    columns = _columns(user, project, gates, today)
    acts, count = _history(request, project)
    sums = _sums(user, project)
    totals = [(str(one.row.kind), one.row.on, one.total) for one in sums]
    return {
        "project": project,
        "programme": project.programme,
        "today": today,
        "row": showing.row(project, today),
        "lit": lit(project, user, history_of_lights.changes(project.lights.all())),
        "light_url": reverse("project_light", args=[project.pk]),
        "light_end_url": reverse("project_light_end", args=[project.pk]),
        "columns": columns,
        "picture": _picture(project, columns, today),
        "sums": sums,
        "money_picture": drawn.money_of(project, totals, today),
        "warnings": list(rules.warnings(project).values()),
        "updates": _updates(user, project),
        "acts": acts,
        "event_count": count,
        "whole_history": request.GET.get("history") == "all",
        "all_records": records_of(user, project.programme, about=project.code),
        "first": _first(user, gates),
        "decisions": _decisions(columns),
        **_rates(user, project, today),
        "office": _office(user, project),
        "may_edit": _may(rules.runs_programme, project.programme, user),
        "may_enter": project.is_alive and _may(rules.enters_money, project, user),
    }


def _rates(user: Any, project: Project, today: datetime.date) -> dict[str, Any]:
    """Its own rates of money, and those of the gates of all that was signed at the same event."""
    seen = Project.objects.visible_to(user).filter(programme=project.programme_id)
    batch = seen.filter(event=project.event_id) if project.event_id else seen.none()
    own, of_batch = rate_showing.of_project(project, batch, today)
    roles = roles_in(user, project.programme)
    return {
        "own_rates": own,
        "batch_rates": of_batch if project.event_id else [],
        "is_whole": bool(roles & set(READS_ALL)),
    }


def _may(rule: Any, obj: Any, user: Any) -> bool:
    try:
        rule(obj, user)
    except NotAllowed:
        return False
    return True


def _gates(user: Any, project: Project) -> list[Gate]:
    gates = list(Gate.objects.visible_to(user).filter(project=project).for_list().order_by("number"))
    for gate in gates:
        gate.project = project
    return gates


def _columns(user: Any, project: Project, gates: list[Gate], today: datetime.date) -> list[Column]:
    files: dict[int, list[GateFile]] = {}
    for file in GateFile.objects.visible_to(user).filter(gate__in=gates).in_use():
        files.setdefault(file.gate_id, []).append(file)
    shown = {name: move for name, move in GATE_MOVES.items() if name != PROPOSE.name}
    return [
        Column(
            gate=gate,
            kind=showing.kind(gate, project, today),
            off=showing.off_words(gate),
            files=files.get(gate.pk, []),
            moves=[one for one in offers(gate, shown, user, "gate_move").values() if one.open],
        )
        for gate in gates
    ]


def _picture(project: Project, columns: Sequence[Column], today: datetime.date) -> leaders.Leaders | None:
    flag = _("today %(day)s") % {"day": f"{today.month}-{today.day}"}
    steps = [_step(column, today) for column in columns]
    return leaders.draw(steps, wide=WIDE, today=today, name=drawn.tick_name, flag=flag)


def _step(column: Column, today: datetime.date) -> leaders.Step:
    gate = column.gate
    if column.kind in {"done", "claimed"}:
        late = gate.fact_on if gate.plan_on and gate.fact_on and gate.fact_on > gate.plan_on else None
        return leaders.Step(gate.plan_on, gate.fact_on, column.kind, late)
    day = gate.forecast_on or gate.plan_on
    if column.kind == "overdue":
        return leaders.Step(gate.plan_on, day, "late", today)
    return leaders.Step(gate.plan_on, day, "due")


def _sums(user: Any, project: Project) -> list[Sum]:
    rows = list(MoneyEvent.objects.visible_to(user).filter(project=project).for_list().in_order())
    back: dict[int | None, Decimal] = {}
    for row in rows:
        back[row.corrects_id] = back.get(row.corrects_id, Decimal(0)) + row.amount
    totals: dict[str, Decimal] = {}
    found = []
    for row in rows:
        totals[row.kind] = totals.get(row.kind, Decimal(0)) + row.amount
        left = row.amount + back.get(row.pk, Decimal(0))
        found.append(Sum(row, totals[row.kind], row.corrects_id is None and left > 0))
    return found


def _updates(user: Any, project: Project) -> list[ExpectedUpdate]:
    rows = ExpectedUpdate.objects.visible_to(user).filter(project=project).with_timeliness(clock.now())
    return list(rows.for_list().order_by("-period__starts_on", "-pk"))


def _first(user: Any, gates: list[Gate]) -> Offer | None:
    """The gate that is next to be proposed, for whoever proposes; greyed with its reason where that is not possible."""
    gate = next((one for one in gates if one.status in PROPOSE.sources), None)
    if gate is None or not is_for(PROPOSE, gate, user):
        return None
    reason = why_not(PROPOSE, gate, user)
    label = _("Propose “%(gate)s”") % {"gate": gate.get_step_display()}
    return Offer(PROPOSE.name, label, not reason, reason, False, str(gate.pk))


def _decisions(columns: Sequence[Column]) -> Column | None:
    """The gate that waits for this person's decision."""
    return next((one for one in columns if any(move.name == "confirm" for move in one.moves)), None)


def _office(user: Any, project: Project) -> list[Offer]:
    """How the pilot office may end or reinstate the project, where that fits its state."""
    found = offers(project, PROJECT_MOVES, user, "project_move")
    return [one for name, one in found.items() if project.status in PROJECT_MOVES[name].sources]


def _history(request: HttpRequest, project: Project) -> tuple[list[history.Line], int]:
    """The latest acts, or all of them where the address asks, and how many events there are."""
    events = history.of_root(project)
    most = ALL_ACTS if request.GET.get("history") == "all" else SHOWN_ACTS
    latest = events.defer("line", "state")[: most * EVENTS_PER_ACT]
    return history.acts(latest)[:most], events.count()
