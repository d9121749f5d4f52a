"""Readings in the administration: every move on many at once."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext_lazy

from qdtrade.moderation import INSPECTION, TrailAdmin, column, move_action
from qdtrade.templatetags import days
from qdtrade.templatetags import qdtrade as tags

from ..filters import ReadingFilter
from ..models import Reading
from ..said import said
from ..workflow import READING_MOVES
from .indicators import coded


@admin.register(Reading)
class ReadingAdmin(TrailAdmin):
    """What was read of the indicators; nobody adds or changes one by hand."""

    group = INSPECTION
    label = gettext_lazy("Readings")
    place = 71
    sentence = gettext_lazy(
        "A reading is submitted on the page of its indicator, and approved by a reviewer who had no hand in it."
    )
    not_added = gettext_lazy("Readings are submitted on the page of their indicator")
    of_programme = "indicator__programme"
    filters = ReadingFilter
    pills = ("owner",)
    facets = {
        "status": gettext_lazy("State"),
        "clock": gettext_lazy("Decision clock"),
        "qualifier": gettext_lazy("How exact"),
        "sample": gettext_lazy("Sample"),
    }
    search_hint = gettext_lazy("Code, name, period, source")
    export = "readings_export"
    list_display = ("indicator", "period", "value", "state", "owner", "submitted", "review_due_on")
    link = "period"
    facts = ("indicator", "period", "on", "value", "source", "note", "state", "corrects", "submitted",
             "review_due_on", "decided")  # fmt: skip
    actions = [move_action(move) for move in READING_MOVES.values()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reading]:
        return Reading.objects.visible_to(request.user).for_list().in_order()

    @column(gettext_lazy("Indicator"), ordering="indicator", css="name")
    def indicator(self, row: Reading) -> SafeString:
        return coded(row.indicator)

    @column(pgettext_lazy("indicator", "Period"), css="nowrap")
    def period(self, row: Reading) -> SafeString:
        return format_html("{}{}", row.period, tags.sample_mark(row))

    @column(pgettext_lazy("indicator", "Day"), ordering="on", css="nowrap")
    def on(self, row: Reading) -> Any:
        return row.on

    @column(gettext_lazy("Value"), css="num")
    def value(self, row: Reading) -> str:
        return str(said(row))

    @column(gettext_lazy("Source"))
    def source(self, row: Reading) -> str:
        return row.source

    @column(gettext_lazy("Note"))
    def note(self, row: Reading) -> str:
        return row.note

    @column(gettext_lazy("State"), ordering="status", css="nowrap")
    def state(self, row: Reading) -> SafeString:
        return tags.state(row.status, row.get_status_display())

    @column(gettext_lazy("Owner"), css="nowrap")
    def owner(self, row: Reading) -> str:
        return str(row.indicator.owner)

    @column(gettext_lazy("Corrects"))
    def corrects(self, row: Reading) -> str:
        return f"{said(row.corrects)} {row.reason}" if row.corrects else ""

    @column(gettext_lazy("Submitted"), ordering="submitted_at")
    def submitted(self, row: Reading) -> str:
        return f"{row.submitter} {days.iso_moment(row.submitted_at)}"

    @column(gettext_lazy("To be decided by"), ordering="review_due_on", css="nowrap")
    def review_due_on(self, row: Reading) -> Any:
        return row.review_due_on

    @column(gettext_lazy("Decided"))
    def decided(self, row: Reading) -> str:
        if row.decided_at is None:
            return ""
        return f"{row.decider} {days.iso_moment(row.decided_at)} {row.remarks}".strip()

    def row_name(self, row: Reading) -> SafeString:
        return format_html("{} {}", coded(row.indicator), row.period)

    def page_url(self, row: Reading) -> str:
        return f"{reverse('indicator', args=[row.indicator_id])}#readings"
