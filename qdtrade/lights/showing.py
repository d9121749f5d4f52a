"""What the page of a task or a project shows of its light beside the light itself."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qdtrade import clock
from qdtrade.errors import refusal_of

from .history import Change
from .kinds import kind_of
from .levels import WORST_FIRST
from .standing import periods_on
from .words import sentence

SHOWN = 6
"""How many changes a page tells."""


@dataclass(frozen=True)
class Lit:
    """Why a light is what it is, how it changed, and what a person decided against what was computed."""

    computed: str
    reasons: str
    turns: Sequence[Change]
    override: Any | None
    may_set: bool
    last_on: datetime.date | None
    """The last day until which another light can be set now; None for whoever may set none."""

    @property
    def levels(self) -> list[tuple[str, Any]]:
        """What can be set: any light but the computed one."""
        return [(level.value, level.label) for level in WORST_FIRST if level != self.computed]


def lit(obj: Any, user: Any, turns: Sequence[Change]) -> Lit:
    """Of an object that came with its light, and its changes: in two queries."""
    kind, today = kind_of(obj), clock.today()
    running = kind.overrides._default_manager.running(today).filter(**{kind.name: obj})  # type: ignore[attr-defined]
    may_set = not refusal_of(lambda: kind.decides(obj, user))
    around = periods_on(today, kind, [obj.programme_id]) if may_set else {}
    return Lit(
        computed=obj.light_computed,
        reasons=sentence(obj.light_reasons),
        turns=turns[:SHOWN],
        override=running.select_related("set_by").in_order().first(),
        may_set=may_set,
        last_on=around[obj.programme_id].ends_on if around else None,
    )
