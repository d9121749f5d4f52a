"""The rules of the lights in the administration: every version is kept, and a change is a new one."""

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qdtrade import clock
from qdtrade.moderation import DAY, LONG, SPECIFICATION, OpenedForm, TrailAdmin, column
from qdtrade.posted import number_of
from qdtrade.templatetags import days

from . import rules
from .actions import new_version
from .filters import LightRuleFilter
from .levels import Level
from .models import LightRule

OF_REPORTS = [(level, Level(level).label) for level in LightRule.OF_REPORTS]


def _points(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=Decimal(0), max_value=Decimal(100), decimal_places=2)


def _number(label: Any, least: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=365)


class LightRuleForm(OpenedForm):
    """A version of the thresholds."""

    marked = LightRule.rule_fields

    gap_yellow = _points(gettext_lazy("Yellow from a gap of points"))
    gap_red = _points(gettext_lazy("Red above a gap of points"))
    ahead_points = _points(gettext_lazy("Blue from points ahead"))
    milestone_days = _number(gettext_lazy("Yellow from days before a milestone"), 0)
    start_yellow = _number(gettext_lazy("Yellow from months without a start"), 1)
    start_red = _number(gettext_lazy("Red from months without a start"), 1)
    late_report = forms.ChoiceField(label=gettext_lazy("A late report counts as"), choices=OF_REPORTS)
    missing_report = forms.ChoiceField(label=gettext_lazy("A missing report counts as"), choices=OF_REPORTS)
    valid_from = forms.DateField(
        label=gettext_lazy("Valid from"),
        widget=DAY,
        help_text=gettext_lazy("Lights that were kept before that day stay as they were."),
    )
    comment = forms.CharField(
        label=gettext_lazy("Why it changes"),
        max_length=200,
        widget=LONG,
        help_text=gettext_lazy("Kept with the version."),
    )

    def mark_of(self, row: Any) -> str:
        """The version: a later one counts as a change by somebody else."""
        return str(row.version)

    def __init__(self, *args: Any, row: Any = None, programme: Any = None, **kwargs: Any) -> None:
        if row is not None:
            first = max(clock.today(), row.valid_from + datetime.timedelta(days=1))
            kwargs["initial"] = {"valid_from": first} | (kwargs.get("initial") or {})
        super().__init__(*args, row=row, **kwargs)


@admin.register(LightRule)
class LightRuleAdmin(TrailAdmin):
    """The versions of the thresholds."""

    group = SPECIFICATION
    label = gettext_lazy("Rules of the lights")
    place = 40
    sentence = gettext_lazy(
        "A version is never changed: saving makes a new one that holds from its day on, and the old one is kept."
    )
    not_added = gettext_lazy("A programme begins with its first version; a new one is made from the last")
    of_programme = "programme"
    filters = LightRuleFilter
    search_hint = gettext_lazy("Reason")
    list_display = ("version", "gap", "milestones", "start", "valid_from", "made")
    facts = ("version", "gap", "milestones", "start", "valid_from", "reason", "made")
    edit_form = LightRuleForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[LightRule]:
        return LightRule.objects.visible_to(request.user).select_related("programme", "made_by").in_order()

    @column(gettext_lazy("Version"), ordering="version")
    def version(self, row: LightRule) -> str:
        return self.row_name(row)

    @column(gettext_lazy("Gap: yellow, red"), css="num")
    def gap(self, row: LightRule) -> str:
        return f"{row.gap_yellow:g} / {row.gap_red:g}"

    @column(gettext_lazy("Milestone, days"), css="num")
    def milestones(self, row: LightRule) -> int:
        return row.milestone_days

    @column(gettext_lazy("Start, months: yellow, red"), css="num")
    def start(self, row: LightRule) -> str:
        return f"{row.start_yellow} / {row.start_red}"

    @column(gettext_lazy("Valid from"), ordering="valid_from", css="nowrap")
    def valid_from(self, row: LightRule) -> Any:
        return row.valid_from

    @column(gettext_lazy("Made"))
    def made(self, row: LightRule) -> str:
        words = _("%(who)s, %(day)s") % {"who": row.made_by.name, "day": days.iso(clock.day_of(row.made_at))}
        return words + _(": ") + row.reason if row.reason else words

    def may_edit(self, request: HttpRequest, row: LightRule) -> None:
        """An older version is only read; what was typed on one that was the last is kept, and refused by the Action."""
        rules.runs_programme(row.programme, request.user)
        if request.method != "POST":
            versions = LightRule.objects.visible_to(request.user).filter(programme=row.programme_id)
            rules.is_last_version(versions.order_by("-version")[:1].get(), row.version)

    def _now(self, form: Any, row: LightRule) -> list[str]:
        """A version stays as it is: there is nothing to compare with."""
        return []

    def row_name(self, row: LightRule) -> str:
        return _("version %(version)s") % {"version": row.version}

    def row_title(self, row: LightRule) -> str:
        return self.row_name(row)

    def saved_words(self, saved: LightRule) -> str:
        words = _("Version %(version)s is made; it holds from %(day)s, and the one before it is kept.")
        return words % {"version": saved.version, "day": days.iso(saved.valid_from)}

    def page_url(self, row: LightRule) -> str:
        return f"{reverse('light_rules')}?programme={row.programme.code}&version={row.version}"

    def edit(self, request: HttpRequest, row: LightRule, form: LightRuleForm) -> LightRule:
        """A new version; the page goes on with it."""
        given = form.cleaned_data
        seen = number_of(given["seen"])
        return new_version(row.programme, form.values(), by=request.user, seen=seen, reason=given["comment"])
