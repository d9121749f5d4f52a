"""Forms of events, partners, sectors and projects in the administration."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.moderation import DAY, LONG, OpenedForm

from ..forms import AmountField
from ..models import Currency, Measure, Project, Rate, Sector, SigningEvent
from ..models.partner import CHINA
from ..models.rate import Exclusion, usual_exclusions


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


class RateForm(OfProgrammeForm):
    """A version of a rate: what it divides by what, for whom, and from when on."""

    marked = Rate.rule_fields

    number = forms.IntegerField(label=_("Place in the list"), min_value=1, max_value=999)
    name = forms.CharField(label=_("Name"), max_length=60)
    name_en = forms.CharField(label=_("English name"), max_length=60, required=False)
    numerator = forms.ChoiceField(label=_("Numerator"), choices=Measure.choices)
    denominator = forms.ChoiceField(label=_("Denominator"), choices=Measure.choices, initial=Measure.SIGNED)
    less = forms.ChoiceField(
        label=_("Of which is taken off"),
        choices=[("", _("nothing")), *Rate.Less.choices],
        required=False,
        help_text=_("The rate is then a difference, in points."),
    )
    by = forms.ChoiceField(label=_("Counted"), choices=Rate.By.choices)
    cohort = forms.ChoiceField(label=_("Cohort"), choices=Rate.Cohort.choices)
    cut_off = forms.ChoiceField(label=_("Cut-off"), choices=Rate.CutOff.choices)
    exclusions = forms.MultipleChoiceField(
        label=_("Leaves out"),
        choices=Exclusion.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        initial=usual_exclusions,
    )
    at_foot = forms.BooleanField(label=_("At the foot of lists"), required=False)
    valid_from = forms.DateField(
        label=_("Valid from"), widget=DAY, help_text=_("What was quoted before that day stays as it was.")
    )
    comment = forms.CharField(
        label=_("Why it changes"), max_length=200, widget=LONG, help_text=_("Kept with the version.")
    )

    def mark_of(self, row: Any) -> str:
        """The version: a later one counts as a change by somebody else."""
        return str(row.version)

    def __init__(self, *args: Any, row: Any = None, **kwargs: Any) -> None:
        if row is not None:
            kwargs["initial"] = {
                "valid_from": max(clock.today(), row.valid_from + datetime.timedelta(days=1))
            } | (kwargs.get("initial") or {})
        super().__init__(*args, row=row, **kwargs)


class NewRateForm(RateForm):
    """A rate of the programme's own."""

    code = forms.SlugField(label=_("Code"), max_length=40)
    field_order = ("code",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["comment"]
