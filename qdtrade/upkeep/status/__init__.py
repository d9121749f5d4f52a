"""How the program runs, for the people who look after it: what needs them first, then everything."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from qdtrade.audit.models import Chain

from .database import chains, database_facts
from .facts import Fact
from .house import house_facts
from .outbox import outbox_facts
from .room import room_facts
from .runs import Run, background_facts, timer_runs

__all__ = ["Fact", "Run", "Status", "status"]


@dataclass(frozen=True)
class Status:
    """The status page, read once."""

    house: list[Fact]
    database: list[Fact]
    room: list[Fact]
    background: list[Fact]
    outbox: list[Fact]
    timers: list[Run]
    chains: QuerySet[Chain]

    @property
    def troubles(self) -> list[str]:
        """Every sentence that asks for somebody, in the page's order."""
        lines = [line.trouble for line in self.database]
        lines += [run.trouble for run in self.timers]
        lines += [line.trouble for line in (*self.outbox, *self.background, *self.room, *self.house)]
        return [line for line in lines if line]


def status(user: Any) -> Status:
    """How everything stands now, as far as this person may see it."""
    return Status(
        house=house_facts(),
        database=database_facts(user),
        room=room_facts(),
        background=background_facts(),
        outbox=outbox_facts(),
        timers=timer_runs(),
        chains=chains(user),
    )
