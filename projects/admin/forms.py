"""Forms of events, partners, sectors and projects in the administration."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.moderation import DAY, LONG, OpenedForm

from ..forms import AmountField
from ..models import Currency, Project, Sector, SigningEvent
from ..models.partner import CHINA


class OfProgrammeForm(OpenedForm):
    """A form about a row of a programme."""

    def __init__(self, *args: Any, programme: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme


class SectorForm(OfProgrammeForm):
    """A sector."""

    marked = ("number", "name")

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=999)
    name = forms.CharField(label=_("Name"), max_length=60)


class EventForm(OfProgrammeForm):
    """A signing event."""

    marked = SigningEvent.plain_fields

    code = forms.SlugField(label=_("Code"), max_length=40)
    fair = forms.CharField(label=_("Fair"), max_length=100)
    occasion = forms.CharField(label=_("Occasion"), max_length=100, required=False)
    place = forms.CharField(label=_("Place"), max_length=100, required=False)
    starts_on = forms.DateField(label=_("From"), widget=DAY)
    ends_on = forms.DateField(label=_("To"), widget=DAY)
    source = forms.CharField(label=_("Source"), max_length=200, required=False)


class PartnerForm(OfProgrammeForm):
    """A partner."""

    marked = ("name", "country", "uscc", "source")

    name = forms.CharField(label=_("Name"), max_length=200)
    country = forms.CharField(label=_("Country or region"), max_length=60, initial=CHINA)
    uscc = forms.CharField(label=_("Unified social credit code"), max_length=30, required=False)
    source = forms.CharField(label=_("Source"), max_length=200, required=False)


class ProjectForm(OfProgrammeForm):
    """The plain fields of a project; partners, tasks and gates are planned on its page."""

    marked = tuple(name for name in Project.plain_fields if name != "extra")

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Project.Kind.choices)
    sector = forms.ModelChoiceField(Sector.objects.none(), label=_("Sector"), empty_label=_("Choose…"))
    event = forms.ModelChoiceField(SigningEvent.objects.none(), label=_("Signed at"), required=False)
    carrier = forms.ModelChoiceField(Bureau.objects.none(), label=_("Carrier"), empty_label=_("Choose…"))
    officers = forms.CharField(label=_("Officers of the carrier"), max_length=200, required=False)
    signed_on = forms.DateField(label=_("Signed on"), widget=DAY)
    planned_investment = AmountField(label=_("Planned investment"), required=False)
    contracted_inflow = AmountField(label=_("Contracted inflow"), required=False)
    currency = forms.ChoiceField(label=_("Currency"), choices=Currency.choices)
    original_amount = AmountField(label=_("Amount in the currency"), required=False)
    rate = forms.DecimalField(
        label=_("Yuan for one of the currency"), required=False, max_digits=18, decimal_places=6
    )
    rate_on = forms.DateField(label=_("Day of the rate"), widget=DAY, required=False)
    countable = forms.BooleanField(label=_("Counts in the figures"), required=False, initial=True)
    uncountable_reason = forms.CharField(label=_("Does not count because"), max_length=200, required=False)
    source = forms.CharField(label=_("Source"), max_length=200, required=False)
    comment = forms.CharField(
        label=_("Why it changes"),
        max_length=2000,
        required=False,
        widget=LONG,
        help_text=_("Kept in the records."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_region = Bureau.objects.visible_to(self.user).filter(region=self.programme.region_id)
        if self.row is None:
            of_region = of_region.for_new_work(clock.today())
        rows: dict[str, Any] = {
            "sector": Sector.objects.visible_to(self.user).filter(programme=self.programme).in_order(),
            "event": SigningEvent.objects.visible_to(self.user).filter(programme=self.programme).in_order(),
            "carrier": of_region.in_order(),
        }
        for name, found in rows.items():
            self.fields[name].queryset = found  # type: ignore[attr-defined]

    def mark_of(self, row: Any) -> str:
        """The version: whatever changed in between counts, a move as well."""
        return str(row.version)


class NewProjectForm(ProjectForm):
    """A new project, with the day that its contract is planned for."""

    code = forms.CharField(label=_("Code"), max_length=40)
    field_order = ("code",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["comment"]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not found.get("planned_investment") and not found.get("original_amount"):
            raise ValidationError({"planned_investment": _("Give the amount, in yuan or in its currency.")})
        return found
