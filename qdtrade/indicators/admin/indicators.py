"""Indicators and what they aim at in the administration."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from qdtrade.errors import NotAllowed, refusal_of
from qdtrade.moderation import INSPECTION, RowAct, TrailAdmin, column
from qdtrade.moderation.acts import Asked
from qdtrade.posted import number_of
from qdtrade.templatetags import qdtrade as tags

from .. import rules
from ..actions import indicators as actions
from ..filters import IndicatorFilter, IndicatorTargetFilter
from ..models import Indicator, IndicatorTarget
from ..said import unit_of, value_words
from .forms import IndicatorForm, NewIndicatorForm, NewTargetForm, TargetForm


def coded(indicator: Indicator) -> SafeString:
    """Code and name with its mark."""
    return format_html(
        '<span class="code">{}</span> {}{}',
        indicator.code,
        indicator.display_name,
        tags.sample_mark(indicator),
    )


class ProgrammeRows(TrailAdmin):
    """Rows of one programme, which its reviewers and administrators add and change."""

    group = INSPECTION

    def may_add(self, request: HttpRequest) -> None:
        programme = self.programme(request)
        if programme is None:
            raise NotAllowed(_("Only members of the programme may do this."))
        rules.runs_programme(programme, request.user)

    def form_extra(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {"programme": self.programme(request)}


def _end(row: Indicator, asked: Asked, seen: int | None) -> Any:
    return actions.end_indicator(row, by=asked.by, reason=asked.comment)


def _why_not_end(row: Indicator, user: Any) -> str:
    return refusal_of(lambda: rules.runs_programme(row.programme, user), lambda: rules.goes_on(row))


def _is_for(row: Indicator, user: Any) -> bool:
    return not refusal_of(lambda: rules.runs_programme(row.programme, user))


END = RowAct("end", pgettext_lazy("indicator", "End"), _end, _why_not_end, _is_for, needs_comment=True)


@admin.register(Indicator)
class IndicatorAdmin(ProgrammeRows):
    """What the pilot is measured by."""

    label = gettext_lazy("Indicators")
    place = 70
    sentence = gettext_lazy(
        "The definition alone is changed here, and recorded; figures are readings, each submitted and approved."
    )
    of_programme = "programme"
    filters = IndicatorFilter
    pills = ("owner",)
    facets = {
        "form": pgettext_lazy("indicator", "Form"),
        "ended": pgettext_lazy("indicator", "Ended"),
        "sample": gettext_lazy("Sample"),
    }
    search_hint = gettext_lazy("Code, name, formula")
    list_display = ("position", "code", "name", "unit", "direction", "owner", "readings", "ended")
    link = "name"
    facts = ("code", "kind", "readings", "ended")
    add_form, edit_form = NewIndicatorForm, IndicatorForm
    actions = (END,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Indicator]:
        rows = Indicator.objects.visible_to(request.user).select_related("programme", "owner")
        return rows.annotate(number_of_readings=Count("readings")).in_order()

    @column(gettext_lazy("Place"), ordering="position", css="num")
    def position(self, row: Indicator) -> int:
        return row.position

    @column(gettext_lazy("Code"), ordering="code", css="code")
    def code(self, row: Indicator) -> str:
        return row.code

    @column(gettext_lazy("Name"), ordering="name", css="name")
    def name(self, row: Indicator) -> SafeString:
        return format_html("{}{}", row.display_name, tags.sample_mark(row))

    @column(pgettext_lazy("indicator", "Form"), css="nowrap")
    def kind(self, row: Indicator) -> str:
        return str(row.get_form_display())

    @column(gettext_lazy("Unit"), css="nowrap")
    def unit(self, row: Indicator) -> str:
        return unit_of(row)

    @column(gettext_lazy("Direction"), css="nowrap")
    def direction(self, row: Indicator) -> str:
        return str(row.get_direction_display())

    @column(gettext_lazy("Owner"), css="nowrap")
    def owner(self, row: Indicator) -> str:
        return str(row.owner)

    @column(gettext_lazy("Readings"), css="num")
    def readings(self, row: Any) -> int:
        return int(row.number_of_readings)

    @column(pgettext_lazy("indicator", "Ended"))
    def ended(self, row: Indicator) -> str:
        return row.ended_reason

    def may_edit(self, request: HttpRequest, row: Indicator) -> None:
        rules.runs_programme(row.programme, request.user)

    def form_extra(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {"programme": row.programme if row is not None else self.programme(request)}

    def row_name(self, row: Indicator) -> SafeString:
        return coded(row)

    def page_url(self, row: Indicator) -> str:
        return reverse("indicator", args=[row.pk])

    def add(self, request: HttpRequest, form: NewIndicatorForm) -> Indicator:
        return actions.add_indicator(self.programme(request), by=request.user, **form.values())

    def edit(self, request: HttpRequest, row: Indicator, form: IndicatorForm) -> Indicator:
        given = form.cleaned_data
        seen = number_of(given["seen"])
        return actions.edit_indicator(
            row, form.values(), by=request.user, seen=seen, comment=given["comment"]
        )


@admin.register(IndicatorTarget)
class IndicatorTargetAdmin(ProgrammeRows):
    """Where indicators come from, and where they are to be."""

    label = gettext_lazy("Targets of indicators")
    place = 72
    sentence = gettext_lazy(
        "A baseline and a target for each period; a change is recorded with the old value."
    )
    of_programme = "indicator__programme"
    filters = IndicatorTargetFilter
    facets = {"kind": pgettext_lazy("indicator", "Kind")}
    search_hint = gettext_lazy("Code, name, period")
    list_display = ("indicator", "kind", "period", "on", "value", "source")
    facts = ("indicator", "kind")
    add_form, edit_form = NewTargetForm, TargetForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[IndicatorTarget]:
        return IndicatorTarget.objects.visible_to(request.user).for_list().in_order()

    @column(gettext_lazy("Indicator"), css="name")
    def indicator(self, row: IndicatorTarget) -> SafeString:
        return coded(row.indicator)

    @column(pgettext_lazy("indicator", "Kind"), css="nowrap")
    def kind(self, row: IndicatorTarget) -> str:
        return str(row.get_kind_display())

    @column(pgettext_lazy("indicator", "Period"), css="nowrap")
    def period(self, row: IndicatorTarget) -> SafeString:
        return format_html("{}{}", row.period, tags.sample_mark(row))

    @column(pgettext_lazy("indicator", "Day"), ordering="on", css="nowrap")
    def on(self, row: IndicatorTarget) -> Any:
        return row.on

    @column(gettext_lazy("Value"), ordering="value", css="num")
    def value(self, row: IndicatorTarget) -> str:
        return value_words(row.indicator, row.value)

    @column(gettext_lazy("Source"))
    def source(self, row: IndicatorTarget) -> str:
        return row.source

    def may_edit(self, request: HttpRequest, row: IndicatorTarget) -> None:
        rules.runs_programme(row.indicator.programme, request.user)

    def row_name(self, row: IndicatorTarget) -> SafeString:
        return coded(row.indicator)

    def page_url(self, row: IndicatorTarget) -> str:
        return f"{reverse('indicator', args=[row.indicator_id])}#targets"

    def add(self, request: HttpRequest, form: NewTargetForm) -> IndicatorTarget:
        indicator = form.cleaned_data["indicator"]
        return actions.set_target(indicator, by=request.user, kind=form.cleaned_data["kind"], **form.values())

    def edit(self, request: HttpRequest, row: IndicatorTarget, form: TargetForm) -> IndicatorTarget:
        given = form.cleaned_data
        return actions.edit_target(
            row, form.values(), by=request.user, seen=given["seen"], comment=given["comment"]
        )
