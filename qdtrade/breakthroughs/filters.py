"""The filters of the list of breakthroughs, for page, API and export alike."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade import clock
from qdtrade.programmes.filters import (
    Filters,
    OfBureau,
    OfProgramme,
    Ordering,
    Rows,
    YesNo,
    bureaus,
    seek,
    text_filter,
)
from tasks.models import Field, Task
from tasks.models.task import TaskQuerySet

from .models import Breakthrough, BreakthroughTarget, ClaimFile, Level

STATES = {"counted": Breakthrough.COUNTED, "to_claim": Breakthrough.WAITING_FOR_BUREAU}
"""What counts; what is expected, not claimed yet or returned."""


def fields(request: Any) -> QuerySet[Field]:
    return Field.objects.visible_to(request.user).in_order()


def breakthroughs(request: Any) -> QuerySet[Breakthrough]:
    return Breakthrough.objects.visible_to(request.user)


def tasks(request: Any) -> TaskQuerySet:
    return Task.objects.visible_to(request.user)


class OfYear(django_filters.TypedChoiceFilter):
    """One of the years in which anything was recognised, or the one that runs, the last one first."""

    @property
    def field(self) -> forms.Field:
        rows = Breakthrough.objects.visible_to(self.parent.request.user)
        years = {first.year for first in rows.dates("recognised_on", "year")} | {clock.today().year}
        self.extra["choices"] = [(str(year), str(year)) for year in sorted(years, reverse=True)]
        return super().field


class BreakthroughFilter(Filters):
    """Filters of the list of breakthroughs."""

    programme = OfProgramme(field_name="task__programme")
    status = django_filters.ChoiceFilter(label=_("State"), choices=Breakthrough.Status.choices)
    level = django_filters.ChoiceFilter(label=pgettext_lazy("breakthrough", "Level"), choices=Level.choices)
    field = django_filters.ModelChoiceFilter(field_name="task__field", queryset=fields, label=_("Field"))
    bureau = OfBureau(queryset=bureaus, label=_("Bureau"))
    district = OfBureau(queryset=bureaus, method="with_part_of", label=_("Taking part"))
    task = django_filters.ModelChoiceFilter(queryset=tasks, label=_("Task"))
    to_claim = YesNo(method="by_states", label=_("Still to be claimed"))
    year = OfYear(coerce=int, field_name="recognised_on", lookup_expr="year", label=_("Recognised in"))
    counted = YesNo(method="by_states", label=_("Counts"))
    recognised_from = django_filters.DateFilter(
        field_name="recognised_on", lookup_expr="gte", label=_("Recognised from")
    )
    recognised_to = django_filters.DateFilter(
        field_name="recognised_on", lookup_expr="lte", label=_("Recognised to")
    )
    sample = YesNo(field_name="is_sample", label=_("Sample"))
    search = q = text_filter(seek)
    ordering = Ordering(
        fields=(
            ("task__code", "code"), ("task__title", "title"), ("bureau__position", "bureau"), ("status", "status"),
            ("level", "level"), ("recognised_on", "recognised_on"), ("review_due_on", "due"),
            ("expected_on", "expected_on"), ("claimed_at", "claimed_at"),
        )
    )  # fmt: skip

    class Meta:
        model = Breakthrough
        fields: tuple[str, ...] = ()

    def with_part_of(self, rows: Rows, name: str, bureau: Any) -> Rows:
        return rows.filter(task__in=tasks(self.request).with_part_of(bureau).values("pk"))

    def by_states(self, rows: Rows, name: str, wanted: bool) -> Rows:
        """Those in the states that the filter names, or everything else."""
        states = Q(status__in=STATES[name])
        return rows.filter(states) if wanted else rows.exclude(states)


class ClaimFileFilter(Filters):
    """Filters of the files that prove claims."""

    programme = OfProgramme(field_name="breakthrough__task__programme")
    breakthrough = django_filters.ModelChoiceFilter(queryset=breakthroughs, label=_("Breakthrough"))
    proves = django_filters.ChoiceFilter(label=_("What it is"), choices=ClaimFile.Proves.choices)
    dropped = YesNo(method="by_dropped", label=_("Taken off"))

    class Meta:
        model = ClaimFile
        fields: tuple[str, ...] = ()

    def by_dropped(self, rows: Rows, name: str, wanted: bool) -> Rows:
        return rows.filter(dropped_at__isnull=not wanted)


class BreakthroughTargetFilter(Filters):
    """Filters of the targets of years."""

    programme = OfProgramme(field_name="programme")

    class Meta:
        model = BreakthroughTarget
        fields: tuple[str, ...] = ()
