"""Forms of periods and of a programme's settings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Period, Programme

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PeriodForm(forms.ModelForm):
    """The dates of a period that has not opened yet."""

    comment = forms.CharField(
        label=_("Why the dates change"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept in the records beside the old dates."),
    )

    class Meta:
        model = Period
        fields = Period.dates
        widgets = dict.fromkeys(Period.dates, DATE)

    def dates(self) -> dict[str, Any]:
        """The dates as the action takes them."""
        return {name: self.cleaned_data[name] for name in Period.dates}


class ProgrammeForm(forms.ModelForm):
    """Names, dates and rules of time of a programme."""

    class Meta:
        model = Programme
        fields = Programme.settings
        widgets = {
            "starts_on": DATE,
            "ends_on": DATE,
            **{
                name: forms.NumberInput(attrs={"class": "short"})
                for name in Programme.settings
                if name.endswith("_days") or name in {"opens_day", "due_working_day"}
            },
        }

    @property
    def names(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "name_en", "short_name", "starts_on", "ends_on")]

    @property
    def rules(self) -> list[forms.BoundField]:
        return [self[name] for name in ("opens_day", "due_from", "due_working_day", "grace_days")]

    @property
    def clocks(self) -> list[forms.BoundField]:
        return [self[name] for name in ("accept_days", "review_days", "resubmit_days")]
