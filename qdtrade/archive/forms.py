"""What a person says who has records packed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Package


class PackageForm(forms.Form):
    """From which day to which, and what else than the records."""

    from_on = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    to_on = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    parts = forms.MultipleChoiceField(
        label=_("Contents"), required=False, choices=Package.Part, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"parts": Package.Part.values})
        super().__init__(*args, **kwargs)
