"""Reporting periods in the administration."""

import datetime
from dataclasses import replace

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qdtrade.errors import NotAllowed, WrongState
from qdtrade.moderation import DAY, INSPECTION, LONG, OpenedForm, TrailAdmin, column, move_action
from qdtrade.templatetags import qdtrade as tags

from .. import actions, rules
from ..filters import PeriodFilter
from ..models import Period
from ..workflow import FREEZE_PERIOD, MOVES


class MonthForm(OpenedForm):
    """The month whose period is to be made by the programme's rule."""

    month = forms.CharField(
        label=gettext_lazy("Month"),
        widget=forms.TextInput(attrs={"type": "month", "placeholder": "2021-10"}),
        help_text=gettext_lazy(
            "Its dates follow from the rule of the programme, and can be changed until it opens."
        ),
    )

    def clean_month(self) -> datetime.date:
        try:
            return datetime.date.fromisoformat(f"{self.cleaned_data['month']}-01")
        except ValueError:
            raise ValidationError(_("Write year and month, such as 2021-10.")) from None


class DatesForm(OpenedForm):
    """The dates of a period that has not opened yet."""

    marked = Period.dates

    starts_on = forms.DateField(label=gettext_lazy("From"), widget=DAY)
    ends_on = forms.DateField(label=gettext_lazy("To"), widget=DAY)
    opens_on = forms.DateField(label=gettext_lazy("Opens on"), widget=DAY)
    due_on = forms.DateField(label=gettext_lazy("Due date"), widget=DAY)
    grace_on = forms.DateField(label=gettext_lazy("Grace until"), widget=DAY)
    comment = forms.CharField(
        label=gettext_lazy("Why the dates change"),
        required=False,
        max_length=2000,
        widget=LONG,
        help_text=gettext_lazy("Kept in the records beside the old dates."),
    )


@admin.register(Period)
class PeriodAdmin(TrailAdmin):
    """The periods, with every move; dates can be changed until a period opens."""

    group = INSPECTION
    label = gettext_lazy("Periods")
    place = 10
    sentence = gettext_lazy("Periods open and close by the calendar; by hand with a reason.")
    of_programme = "programme"
    filters = PeriodFilter
    facets = {
        "status": gettext_lazy("State"),
        "kind": gettext_lazy("Kind"),
    }
    list_display = ("name", "kind", "opens_on", "due_on", "grace_on", "state")
    facts = ("state", "kind", "starts_on", "ends_on", "opens_on", "due_on", "grace_on")
    add_form, edit_form = MonthForm, DatesForm
    actions = [
        replace(move_action(move), needs_comment=move.needs_comment or move is not FREEZE_PERIOD)
        for move in MOVES.values()
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Period]:
        return Period.objects.visible_to(request.user).for_move().in_order()

    @column(gettext_lazy("Period"), ordering="starts_on", css="nowrap")
    def name(self, row: Period) -> str:
        return str(row)

    @column(gettext_lazy("State"), ordering="status", css="nowrap")
    def state(self, row: Period) -> SafeString:
        return tags.state(row.status, row.get_status_display())

    def page_url(self, row: Period) -> str:
        return f"{reverse('period_list')}?programme={row.programme.code}&year={row.starts_on.year}"

    def may_add(self, request: HttpRequest) -> None:
        programme = self.programme(request)
        if programme is None:
            raise NotAllowed(_("Only members of the programme may do this."))
        rules.runs_programme(programme, request.user)

    def may_edit(self, request: HttpRequest, row: Period) -> None:
        rules.manages(row, request.user)
        if row.status != Period.Status.PLANNED:
            raise WrongState(_("%(period)s has opened; its dates are fixed.") % {"period": row})

    def add(self, request: HttpRequest, form: MonthForm) -> Period:
        programme, month = self.programme(request), form.cleaned_data["month"]
        if not programme.starts_on.replace(day=1) <= month <= programme.ends_on:
            raise ValidationError({"month": _("The programme does not run in this month.")})
        made = actions.plan_months(programme, month.year, [month.month], by=request.user)
        if not made:
            raise ValidationError({"month": _("This month has its period already.")})
        return made[0]

    def edit(self, request: HttpRequest, row: Period, form: DatesForm) -> Period:
        given = form.cleaned_data
        return actions.edit_period(
            row, form.values(), by=request.user, comment=given["comment"], seen=given["seen"]
        )
