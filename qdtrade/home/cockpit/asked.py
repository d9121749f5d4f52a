"""What the cockpit is asked for: whose figures, of which part of the pilot, of which period; and the way to rows."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.models import Project
from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.programmes.current import find
from qdtrade.programmes.filters import Filters, OfBureau, OfProgramme, Rows, bureaus
from qdtrade.programmes.listing import ALL
from qdtrade.programmes.models import Period, Programme
from tasks.filters import fields
from tasks.models import ExpectedReport, Field, Task

PILLS = ("period", "field", "bureau", "district")
BELOW = (Bureau.Kind.DISTRICT, Bureau.Kind.ZONE)


def opened(request: Any) -> QuerySet[Period]:
    """The periods of the programme that have opened, the last one first."""
    rows = Period.objects.visible_to(request.user).filter(programme=find(request)).of_reports()
    return rows.that_opened().in_order()


def leads(request: Any) -> QuerySet[Bureau]:
    """Bureaus that lead a task the person sees."""
    led = Task.objects.visible_to(request.user).filter(programme=find(request)).order_by().values("lead")
    return bureaus(request).filter(pk__in=led)


def districts(request: Any) -> QuerySet[Bureau]:
    return bureaus(request).filter(kind__in=BELOW)


def fields_of(request: Any) -> QuerySet[Field]:
    return fields(request).filter(programme=find(request))


class CockpitFilter(Filters):
    """Filters of the cockpit; its rows are the tasks."""

    programme = OfProgramme(field_name="programme")
    period = django_filters.ModelChoiceFilter(queryset=opened, method="is_asked", label=_("Period"))
    field = django_filters.ModelChoiceFilter(queryset=fields_of, label=_("Field"))
    bureau = OfBureau(field_name="lead", queryset=leads, label=_("Lead bureau"))
    district = OfBureau(queryset=districts, method="is_asked", label=_("District"))

    class Meta:
        model = Task
        fields: tuple[str, ...] = ()

    def is_asked(self, rows: Rows, name: str, value: Any) -> Rows:
        """It says of what, and the scope cuts it."""
        return rows


NAMES: Mapping[str, Mapping[str, str]] = {
    "task_list": {"field": "field", "bureau": "lead", "district": "district"},
    "report_list": {"field": "field", "bureau": "bureau", "district": "district"},
    "project_list": {"bureau": "carrier", "district": "carrier"},
    "breakthrough_list": {"field": "field", "bureau": "bureau", "district": "district"},
}
"""What the filters of the cockpit are called in each list."""


@dataclass(frozen=True)
class Figure:
    """A count with the address of exactly its rows; none for nothing."""

    count: int
    url: str


@dataclass(frozen=True)
class Picture:
    """The words of a picture; its name is unique on the page."""

    name: str
    title: str
    desc: str


def with_sign(change: int) -> str:
    """+2, −2 or 0, with the minus that is as wide as the plus."""
    return f"+{change}" if change > 0 else f"−{-change}" if change else "0"


@dataclass(frozen=True)
class Scope:
    """Whose figures, of which part of a programme; `period` is the shown one, `before` the one before it."""

    user: Any
    programme: Programme
    today: datetime.date
    period: Period | None = None
    before: Period | None = None
    field: Field | None = None
    bureau: Bureau | None = None
    district: Bureau | None = None

    @property
    def is_whole(self) -> bool:
        """Nothing but the programme and the period was asked for."""
        return self.field is None and self.bureau is None and self.district is None

    @property
    def since(self) -> datetime.date | None:
        """The end of the period before: what changed is told from the day after it."""
        return settled_on(self.before) if self.before is not None else None

    def tasks(self) -> Any:
        rows = Task.objects.visible_to(self.user).filter(programme=self.programme)
        return self._cut(rows, field="field", bureau="lead", task="pk")

    def owed(self) -> Any:
        """Rows of the ledger of reports, whatever their period."""
        rows = ExpectedReport.objects.visible_to(self.user).filter(period__programme=self.programme)
        return self._cut(rows, field="task__field", bureau="bureau", task="task")

    def projects(self) -> Any:
        """Signings of the bureau or district, where one is asked for; fields of work say nothing of them."""
        rows = Project.objects.visible_to(self.user).filter(programme=self.programme)
        for carrier in (self.bureau, self.district):
            rows = rows.filter(carrier=carrier) if carrier is not None else rows
        return rows

    def _cut(self, rows: Any, *, field: str, bureau: str, task: str) -> Any:
        if self.field is not None:
            rows = rows.filter(**{field: self.field})
        if self.bureau is not None:
            rows = rows.filter(**{bureau: self.bureau})
        if self.district is not None:
            rows = rows.filter(**{f"{task}__in": Task.objects.with_part_of(self.district).values("pk")})
        return rows

    def figure(self, count: int, list_name: str, **asked: Any) -> Figure:
        """A count of rows of a list that these filters leave."""
        return Figure(count, self.address(list_name, **asked) if count else "")

    def address(self, list_name: str, **asked: Any) -> str:
        """The list of these rows; what a line says beats what the page was asked for."""
        named = NAMES[list_name]
        own = {
            named[name]: one.pk
            for name in ("field", "bureau", "district")
            if (one := getattr(self, name)) is not None and name in named
        }
        query = {"programme": self.programme.code, **(own | asked or {"view": ALL})}
        return f"{reverse(list_name)}?{urlencode(query)}"


def settled_on(period: Period) -> datetime.date:
    """The day at whose end nothing of a period is open any more: its last day, or that of its grace."""
    return max(period.ends_on, period.grace_on)


def scope_of(user: Any, programme: Programme, filters: CockpitFilter, periods: list[Period]) -> Scope:
    """The scope that an address asks for; raises ValidationError for filters that make no sense. `periods` are those
    that have opened, the last one first.
    """
    filters.rows()
    asked = filters.form.cleaned_data
    period = asked.get("period") or (periods[0] if periods else None)
    earlier = [one for one in periods if period is not None and one.starts_on < period.starts_on]
    return Scope(
        user=user,
        programme=programme,
        today=clock.today(),
        period=period,
        before=earlier[0] if earlier else None,
        field=asked.get("field"),
        bureau=asked.get("bureau"),
        district=asked.get("district"),
    )
