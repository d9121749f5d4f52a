"""How the light of one object changed, newest first: read from what was kept, never computed again."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import Lag

from qdtrade import clock

from .models.day import kept
from .words import sentence

MOST = 400
"""So many changes of one object are read: more than a light changes in the life of a task."""


@dataclass(frozen=True)
class Change:
    """A day on which another light was kept than before."""

    on: datetime.date
    before: str
    level: str
    computed: str
    words: str

    @property
    def is_set(self) -> bool:
        """Whether a manager set it against what was computed."""
        return self.level != self.computed


def changes(rows: QuerySet[Any]) -> list[Change]:
    """The changes among the lights of one object, in one query, the first light that was kept among them."""
    before = Window(Lag("level"), order_by=["day", "pk"])
    turned = kept(rows, clock.today()).annotate(before=before).filter(Q(before=None) | ~Q(before=F("level")))
    return [
        Change(row.day, row.before or "", row.level, row.computed, sentence(row.reasons))
        for row in turned.order_by("-day", "-pk")[:MOST]
    ]


def level_on(turns: Sequence[Change], day: datetime.date) -> str:
    """The light of a day, out of the changes; empty for a day before the first."""
    return next((turn.level for turn in turns if turn.on <= day), "")
