"""What stands above the signings however one looks at them: how far their cohort came, and the other ways to look."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qdtrade.charts.bars import length
from qdtrade.errors import Words
from qdtrade.programmes.models import Programme

from .. import figures
from ..figures import Tally
from ..filters import ProjectFilter
from ..models import Gate, Project
from ..models.project import ProjectQuerySet

COHORT = frozenset(
    {
        "programme", "event", "kind", "sector", "carrier", "search", "q", "partner", "task", "sample", "no_event",
        "signed_from", "signed_to",
    }
)  # fmt: skip
"""Filters that say which signings are meant; what became of them never narrows a denominator."""

PILLS = ("event", "kind", "sector", "carrier")
SCALE = 1000
"""The bars of the gates lie on one scale: the cohort."""

WAYS: tuple[tuple[Words, str], ...] = (
    (_("List"), "project_list"),
    (_("Board"), "project_board"),
    (_("By carrier"), "project_carriers"),
    (_("Pictures"), "project_pictures"),
)


@dataclass(frozen=True)
class Column:
    """One gate: how much of the cohort passed it, and the list of exactly those."""

    step: str
    label: str
    tally: Tally
    of_count: Decimal | None
    of_amount: Decimal | None
    long: int
    url: str
    current: bool


@dataclass(frozen=True)
class Way:
    """One way to look, with the filters that it shares with the others."""

    label: Words
    url: str
    current: bool


def asked(request: HttpRequest, names: Collection[str]) -> QueryDict:
    """What the address asks of these names."""
    data = QueryDict(mutable=True)
    for name in sorted(names):
        values = [value for value in request.GET.getlist(name) if value]
        if values:
            data.setlist(name, values)
    return data


@dataclass(frozen=True)
class Meant:
    """The signings that a page is about: those of a programme that the person sees, cut down by these filters."""

    request: HttpRequest
    programme: Programme
    names: frozenset[str] = COHORT

    def filters(self) -> ProjectFilter:
        scope = Project.objects.visible_to(self.request.user).filter(programme=self.programme)
        return ProjectFilter(asked(self.request, self.names), scope, request=self.request)

    def projects(self) -> ProjectQuerySet:
        """All of them, whatever became of them; raises ValidationError for a filter that makes no sense."""
        found: ProjectQuerySet = self.filters().rows()
        return found

    def opens(self, url_name: str = "project_list", **more: Any) -> str:
        """The address of the rows that a figure counts: those of these that count, cut down further."""
        data = asked(self.request, self.names)
        data["programme"], data["countable"] = self.programme.code, "true"
        for name, value in more.items():
            data[name] = str(value)
        return f"{reverse(url_name)}?{data.urlencode()}"


def funnel(meant: Meant, on: datetime.date) -> dict[str, Any]:
    """The six gates as columns, with their common denominator."""
    projects = meant.projects()
    whole, passed = figures.whole(projects, on), figures.passed(projects, on)
    columns = [
        Column(
            step=str(step),
            label=str(step.label),
            tally=passed[step],
            of_count=figures.share(passed[step].count, whole.count),
            of_amount=figures.share(passed[step].amount, whole.amount),
            long=length(passed[step].amount, whole.amount, SCALE),
            url=meant.opens(passed=step) if passed[step].count else "",
            current=meant.request.GET.get("passed") == step,
        )
        for step in Gate.Step
    ]
    return {"whole": whole, "columns": columns, "url": meant.opens() if whole.count else ""}


def ways(request: HttpRequest, programme: Programme, here: str) -> list[Way]:
    """The ways to look; each keeps the filters that are set."""
    data = asked(request, ProjectFilter.base_filters.keys() - {"programme", "ordering"})
    data["programme"] = programme.code
    return [Way(label, f"{reverse(name)}?{data.urlencode()}", name == here) for label, name in WAYS]
