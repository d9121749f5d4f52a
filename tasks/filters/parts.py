"""The filters of the responsibility page, of parts, and of what is filed on them."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.lights import filters as lights
from qdtrade.programmes.filters import (
    Filters,
    OfBureau,
    OfProgramme,
    OfRegion,
    Ordering,
    Rows,
    YesNo,
    bureaus,
    periods,
    searching,
    seek,
    text_filter,
)
from qdtrade.programmes.models import Timeliness

from ..models import ExpectedPart, Part
from .asked import fields, search_by_task, tasks

PART_CLOCK = [("unsigned", _("not accepted in time")), ("over", _("past its day"))]
"""Which clock of a part is over: that for signing, or its own day."""


class ResponsibilityFilter(Filters):
    """Filters of the responsibility page: bureaus by kind and name; period and field say of what they are counted."""

    programme = OfRegion()
    search = q = text_filter(searching("code", "name", "short_name"))
    kind = django_filters.ChoiceFilter(choices=Bureau.Kind.choices, label=_("Kind of bureau"))
    period = django_filters.ModelChoiceFilter(queryset=periods, method="counts_of", label=_("Period"))
    field = django_filters.ModelChoiceFilter(queryset=fields, method="counts_of", label=_("Field"))

    class Meta:
        model = Bureau
        fields: tuple[str, ...] = ()

    def counts_of(self, rows: Rows, name: str, value: Any) -> Rows:
        """It narrows the figures, not the bureaus."""
        return rows


class PartFilter(Filters):
    """Filters of the parts; `clock` those that a bureau should have signed for, or been done with, by now."""

    programme = OfProgramme(field_name="task__programme")
    search = q = text_filter(search_by_task("task"))
    task = django_filters.ModelChoiceFilter(queryset=tasks)
    field = django_filters.ModelChoiceFilter(field_name="task__field", queryset=fields, label=_("Field"))
    lead = OfBureau(field_name="task__lead", queryset=bureaus, label=_("Lead bureau"))
    bureau = OfBureau(queryset=bureaus, label=_("Bureau"))
    status = django_filters.ChoiceFilter(choices=Part.Status.choices, label=_("State"))
    clock = django_filters.ChoiceFilter(choices=PART_CLOCK, method="by_clock", label=_("Clock"))
    light = lights.light_filter()
    signed = YesNo(field_name="accepted_at", lookup_expr="isnull", exclude=True, label=_("Signed for"))
    ended = YesNo(method="that_were_ended", label=_("Was ended"))
    direct = YesNo(field_name="under", lookup_expr="isnull", label=_("Below the lead bureau"))
    above = OfBureau(field_name="under__bureau", queryset=bureaus, label=_("Below the part of"))
    sample = YesNo(label=_("Sample"), field_name="is_sample")
    due_from = django_filters.DateFilter(field_name="due_on", lookup_expr="gte", label=_("Due from"))
    due_to = django_filters.DateFilter(field_name="due_on", lookup_expr="lte", label=_("Due to"))
    ordering = Ordering(
        fields=(
            ("task__code", "task"),
            ("task__title", "title"),
            ("task__field__number", "field"),
            ("task__lead__short_name", "lead"),
            ("bureau__short_name", "bureau"),
            ("due_on", "due_on"),
            ("status", "status"),
            ("accept_due_on", "accept_due_on"),
            ("given_at", "given_at"),
        )
    )

    class Meta:
        model = Part
        fields: tuple[str, ...] = ()

    def that_were_ended(self, rows: Rows, name: str, wanted: bool) -> Rows:
        ended = Part.Status.ENDED
        return rows.filter(status=ended) if wanted else rows.exclude(status=ended)

    def by_clock(self, rows: Any, name: str, value: str) -> Rows:
        today = clock.today()
        found: Rows = rows.not_signed_in_time(today) if value == "unsigned" else rows.past_their_day(today)
        return found


class ExpectedPartFilter(Filters):
    """Filters of what is owed and filed on parts."""

    programme = OfProgramme(field_name="period__programme")
    search = q = text_filter(seek)
    period = django_filters.ModelChoiceFilter(queryset=periods, label=_("Period"))
    task = django_filters.ModelChoiceFilter(field_name="part__task", queryset=tasks)
    bureau = OfBureau(queryset=bureaus, label=_("Bureau"))
    lead = OfBureau(field_name="part__task__lead", queryset=bureaus, label=_("Lead bureau"))
    field = django_filters.ModelChoiceFilter(
        field_name="part__task__field", queryset=fields, label=_("Field")
    )
    status = django_filters.ChoiceFilter(choices=ExpectedPart.Status.choices, label=_("State"))
    owed = YesNo(method="that_are_owed", label=_("Owed"))
    filed = YesNo(method="that_are_filed", label=_("Filed"))
    exception = YesNo(method="with_exception", label=_("Exception"))
    direct = YesNo(field_name="part__under", lookup_expr="isnull", label=_("Below the lead bureau"))
    above = OfBureau(field_name="part__under__bureau", queryset=bureaus, label=_("Below the part of"))
    timeliness = django_filters.ChoiceFilter(
        choices=Timeliness.choices, method="by_timeliness", label=_("Timeliness")
    )
    sample = YesNo(field_name="part__is_sample", label=_("Sample"))
    ordering = Ordering(
        fields=(
            ("period__starts_on", "period"),
            ("part__task__code", "task"),
            ("bureau__short_name", "bureau"),
            ("status", "status"),
            ("filed_at", "filed_at"),
            ("first_submitted_at", "first_submitted_at"),
        )
    )

    class Meta:
        model = ExpectedPart
        fields: tuple[str, ...] = ()

    def that_are_owed(self, rows: Any, name: str, wanted: bool) -> Rows:
        found: Rows = rows.owed() if wanted else rows.exclude(exempt_reason="")
        return found

    def that_are_filed(self, rows: Any, name: str, wanted: bool) -> Rows:
        found: Rows = rows.owed().filter(first_submitted_at__isnull=not wanted)
        return found

    def with_exception(self, rows: Rows, name: str, wanted: bool) -> Rows:
        return rows.filter(exception_until__isnull=not wanted)

    def by_timeliness(self, rows: Any, name: str, value: str) -> Rows:
        found: Rows = rows.with_timeliness(clock.now()).filter(timeliness=value)
        return found
