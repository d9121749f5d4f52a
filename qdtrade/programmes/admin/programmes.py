"""Programmes in the administration."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.validators import validate_slug
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from qdtrade.accounts.models import Bureau
from qdtrade.moderation import DAY, SPECIFICATION, OpenedForm, TrailAdmin, column

from .. import actions, rules
from ..filters import ProgrammeFilter
from ..forms import ProgrammeForm
from ..models import Programme


class SettingsForm(OpenedForm):
    """Names, dates and rules of time, with the fields of the programme's own page."""

    marked = Programme.settings

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in ProgrammeForm(instance=self.row).fields.items():
            self.fields[name] = field


class NewProgrammeForm(OpenedForm):
    """A new programme; its rules of time are set afterwards."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        validators=[validate_slug],
        help_text=gettext_lazy("Letters, figures and hyphens; it stands in every address and never changes."),
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=200, required=False)
    short_name = forms.CharField(label=gettext_lazy("Short name"), max_length=40, required=False)
    region = forms.ModelChoiceField(
        Bureau.objects.none(),
        label=gettext_lazy("Region"),
        empty_label=gettext_lazy("Choose…"),
        help_text=gettext_lazy("A new region is added as a bureau below nothing."),
    )
    starts_on = forms.DateField(label=gettext_lazy("Starts on"), widget=DAY)
    ends_on = forms.DateField(label=gettext_lazy("Ends on"), widget=DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = self.fields["region"]
        assert isinstance(region, forms.ModelChoiceField)
        region.queryset = Bureau.objects.visible_to(self.user).filter(kind=Bureau.Kind.REGION).in_order()


@admin.register(Programme)
class ProgrammeAdmin(TrailAdmin):
    """The programmes: set up by the server's administrator, run by their own people."""

    group = SPECIFICATION
    label = gettext_lazy("Programmes")
    place = 0
    sentence = gettext_lazy("New rules of time hold for periods that are made from now on.")
    filters = ProgrammeFilter
    search_hint = gettext_lazy("Code, name")
    list_display = ("code", "name", "region", "starts_on", "ends_on")
    link = "name"
    facts = ("code", "region", "starts_on", "ends_on")
    add_form, edit_form = NewProgrammeForm, SettingsForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[Programme]:
        return Programme.objects.visible_to(request.user).select_related("region").in_order()

    @column(gettext_lazy("Name"), ordering="name", css="name")
    def name(self, row: Programme) -> str:
        return row.display_name

    def page_url(self, row: Programme) -> str:
        return f"{reverse('period_list')}?programme={row.code}" if row.pk else ""

    def may_add(self, request: HttpRequest) -> None:
        rules.runs_server(request.user)

    def may_edit(self, request: HttpRequest, row: Programme) -> None:
        rules.sets_up(row, request.user)

    def add(self, request: HttpRequest, form: NewProgrammeForm) -> Programme:
        given = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        return actions.create_programme(given.pop("code"), by=request.user, **given)

    def edit(self, request: HttpRequest, row: Programme, form: SettingsForm) -> Programme:
        return actions.edit_programme(row, form.values(), by=request.user, seen=form.cleaned_data["seen"])
