"""The filters of the lists of indicators and readings, for page, API and export alike."""

from typing import Any

import django_filters
from django.db.models import QuerySet
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
    searching,
    text_filter,
)

from .models import Indicator, IndicatorTarget, Qualifier, Reading

REVIEW_CLOCK = [("over", _("over time")), ("today", _("due today")), ("later", _("later"))]
"""How long a submitted reading may still wait for its decision."""


def indicators(request: Any) -> QuerySet[Indicator]:
    return Indicator.objects.visible_to(request.user)


class IndicatorFilter(Filters):
    """Filters of the list of indicators."""

    programme = OfProgramme(field_name="programme")
    search = q = text_filter(searching("code", "name", "name_en", "formula"))
    owner = OfBureau(queryset=bureaus, label=_("Owner"))
    form = django_filters.ChoiceFilter(
        choices=Indicator.Form.choices, label=pgettext_lazy("indicator", "Form")
    )
    ended = YesNo(method="that_ended", label=pgettext_lazy("indicator", "Ended"))
    sample = YesNo(field_name="is_sample", label=_("Sample"))
    ordering = Ordering(fields=("position", "code", "name"))

    class Meta:
        model = Indicator
        fields: tuple[str, ...] = ()

    def that_ended(self, rows: Rows, name: str, wanted: bool) -> Rows:
        return rows.filter(ended_at__isnull=not wanted)


class IndicatorTargetFilter(Filters):
    """Filters of the baselines and targets."""

    programme = OfProgramme(field_name="indicator__programme")
    search = q = text_filter(searching("indicator__code", "indicator__name", "period"))
    indicator = django_filters.ModelChoiceFilter(queryset=indicators, label=_("Indicator"))
    kind = django_filters.ChoiceFilter(
        choices=IndicatorTarget.Kind.choices, label=pgettext_lazy("indicator", "Kind")
    )
    ordering = Ordering(fields=("on", "value"))

    class Meta:
        model = IndicatorTarget
        fields: tuple[str, ...] = ()


class ReadingFilter(Filters):
    """Filters of the readings; `in_force=true` are those that figures come from."""

    programme = OfProgramme(field_name="indicator__programme")
    search = q = text_filter(searching("indicator__code", "indicator__name", "period", "source"))
    indicator = django_filters.ModelChoiceFilter(queryset=indicators, label=_("Indicator"))
    owner = OfBureau(field_name="indicator__owner", queryset=bureaus, label=_("Owner"))
    status = django_filters.ChoiceFilter(choices=Reading.Status.choices, label=_("State"))
    in_force = YesNo(method="that_hold", label=_("In force"))
    qualifier = django_filters.ChoiceFilter(choices=Qualifier.choices, label=_("How exact"))
    clock = django_filters.ChoiceFilter(choices=REVIEW_CLOCK, method="by_clock", label=_("Decision clock"))
    on_from = django_filters.DateFilter(field_name="on", lookup_expr="gte", label=_("From"))
    on_to = django_filters.DateFilter(field_name="on", lookup_expr="lte", label=_("To"))
    sample = YesNo(field_name="is_sample", label=_("Sample"))
    ordering = Ordering(
        fields=(
            ("indicator__position", "indicator"),
            "on",
            "status",
            "submitted_at",
            "review_due_on",
            "decided_at",
        )
    )

    class Meta:
        model = Reading
        fields: tuple[str, ...] = ()

    def that_hold(self, rows: Any, name: str, wanted: bool) -> Rows:
        held: Rows = rows.in_force() if wanted else rows.exclude(status__in=Reading.IN_FORCE)
        return held

    def by_clock(self, rows: Any, name: str, value: str) -> Rows:
        look_up = {"over": "lt", "today": "exact", "later": "gt"}[value]
        found: Rows = rows.to_decide().filter(**{f"review_due_on__{look_up}": clock.today()})
        return found
