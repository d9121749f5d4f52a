"""Forms of indicators and targets in the administration."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.moderation import DAY, LONG, OpenedForm

from ..models import Indicator, IndicatorTarget


class OfProgrammeForm(OpenedForm):
    """A form about a row of a programme."""

    def __init__(self, *args: Any, programme: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme


class IndicatorForm(OfProgrammeForm):
    """What an indicator measures, how it is counted and shown, and who owes it."""

    marked = Indicator.plain_fields

    name = forms.CharField(label=_("Name"), max_length=60)
    name_en = forms.CharField(label=_("English name"), max_length=80, required=False)
    unit = forms.CharField(
        label=_("Unit"),
        max_length=20,
        required=False,
        help_text=_("The base unit, such as yuan, firms or %."),
    )
    unit_en = forms.CharField(label=_("English unit"), max_length=20, required=False)
    scale = forms.TypedChoiceField(
        label=_("Shown in"), choices=Indicator.Scale.choices, coerce=int, initial=Indicator.Scale.ONE,
        help_text=_("Chinese pages divide by it: at 10000, 120,000 reads as 12 of ten thousand."),
    )  # fmt: skip
    decimals = forms.IntegerField(label=_("Digits after the point"), min_value=0, max_value=4, initial=0)
    is_signed = forms.BooleanField(label=_("Shows its sign, as growth does"), required=False)
    direction = forms.ChoiceField(label=_("Direction"), choices=Indicator.Direction.choices)
    formula = forms.CharField(label=_("Formula in words"), max_length=500, widget=LONG)
    owner = forms.ModelChoiceField(Bureau.objects.none(), label=_("Owner"), empty_label=_("Choose…"))
    position = forms.IntegerField(
        label=_("Place in the list"), min_value=0, max_value=999, initial=0,
        help_text=_("The first eight are the tiles of the cockpit."),
    )  # fmt: skip
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
        owners = Bureau.objects.visible_to(self.user).filter(region=self.programme.region_id)
        if self.row is None:
            owners = owners.for_new_work(clock.today())
        self.fields["owner"].queryset = owners.in_order()  # type: ignore[attr-defined]

    def mark_of(self, row: Any) -> str:
        """The version: whatever changed in between counts."""
        return str(row.version)


class NewIndicatorForm(IndicatorForm):
    """A new indicator; its code and its form stay."""

    code = forms.CharField(label=_("Code"), max_length=20)
    form = forms.ChoiceField(label=pgettext_lazy("indicator", "Form"), choices=Indicator.Form.choices)
    field_order = ("code", "name", "name_en", "form")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["comment"]

    def values(self) -> dict[str, Any]:
        return super().values() | {name: self.cleaned_data[name] for name in ("code", "form")}


class TargetForm(OfProgrammeForm):
    """The period, day and value of a target or a baseline, in the base unit."""

    marked = IndicatorTarget.plain_fields

    period = forms.CharField(label=pgettext_lazy("indicator", "Period"), max_length=40)
    on = forms.DateField(label=pgettext_lazy("indicator", "Day that it stands for"), widget=DAY)
    value = forms.DecimalField(
        label=_("Value"),
        max_digits=20,
        decimal_places=4,
        help_text=_("In the base unit, in full: 120000."),
    )
    source = forms.CharField(label=_("Source"), max_length=200, required=False)
    comment = forms.CharField(
        label=_("Why it changes"),
        max_length=2000,
        required=False,
        widget=LONG,
        help_text=_("Kept in the records."),
    )


class NewTargetForm(TargetForm):
    """A target or a baseline of an indicator."""

    indicator = forms.ModelChoiceField(
        Indicator.objects.none(), label=_("Indicator"), empty_label=_("Choose…")
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("indicator", "Kind"), choices=IndicatorTarget.Kind.choices, initial="target"
    )
    field_order = ("indicator", "kind")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["comment"]
        rows = Indicator.objects.visible_to(self.user).filter(programme=self.programme).going_on()
        rows = rows.exclude(form=Indicator.Form.WORDS).select_related("programme", "owner")
        self.fields["indicator"].queryset = rows.in_order()  # type: ignore[attr-defined]
