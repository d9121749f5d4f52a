"""Rates as lists, files and programs show them: one evaluated rate with all its words."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from qdtrade.errors import Words
from qdtrade.programmes.models import Programme

from . import rate_words
from .models import Project, Rate
from .models.project import ProjectQuerySet
from .rate_words import Said
from .rates import Evaluated, evaluate


@dataclass(frozen=True)
class Shown:
    """One rate on a day, in words."""

    found: Evaluated
    rate: Rate
    name: str
    formula: str
    count: Said
    amount: Said
    cut_off: str
    left_out: str
    version: str

    @property
    def why_none(self) -> str:
        """Why one of its readings has no value."""
        return self.amount.reason or self.count.reason

    @property
    def explained(self) -> list[tuple[Words, Words]]:
        return rate_words.explained(self.rate)


def at_foot(programme: Programme, projects: ProjectQuerySet, on: datetime.date) -> list[Shown]:
    """The rates that stand at the foot of lists, over exactly these projects."""
    rates = Rate.objects.filter(programme=programme, at_foot=True).in_force(on).in_order()
    return shown(evaluate(rates, projects, on))


def of_project(
    project: Project, batch: ProjectQuerySet, on: datetime.date
) -> tuple[list[Shown], list[Shown]]:
    """What a project's page shows: the rates of money over the project alone, those of gates over its batch."""
    rates = list(Rate.objects.filter(programme=project.programme).in_force(on).in_order())
    own = [rate for rate in rates if rate.is_of_money]
    of_batch = [rate for rate in rates if rate.at_foot and not rate.is_of_money]
    alone = Project.objects.filter(pk=project.pk)
    return shown(evaluate(own, alone, on)), shown(evaluate(of_batch, batch, on))


def shown(evaluated: Iterable[Evaluated]) -> list[Shown]:
    return [_shown(found) for found in evaluated]


def _shown(found: Evaluated) -> Shown:
    rate = found.rate
    return Shown(
        found=found,
        rate=rate,
        name=rate.display_name,
        formula=rate_words.formula(rate),
        count=rate_words.by_count(found),
        amount=rate_words.by_amount(found),
        cut_off=rate_words.cut_off(rate, found.on),
        left_out=rate_words.left_out(rate),
        version=rate_words.version(rate),
    )
