"""Forms of periods, of a programme's settings, and of deputies."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .models import Membership, Period, Programme

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


class DeputyForm(forms.Form):
    """Who is to act for somebody, from when to when, and why; whether they may is asked of the rules."""

    deputy = forms.ChoiceField(
        label=_("Deputy"), error_messages={"invalid_choice": _("Choose one of the people in the list.")}
    )
    starts_on = forms.DateField(label=_("First day"), widget=DATE)
    ends_on = forms.DateField(label=_("Last day"), widget=DATE)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=200,
        help_text=_("The deputy reads it; kept in the records."),
    )

    def __init__(
        self, data: Any = None, *, people: Iterable[Membership] = (), today: datetime.date | None = None
    ) -> None:
        super().__init__(data, initial={"starts_on": today})
        self.people = {str(one.user_id): one for one in people}
        choices = [(pk, f"{one.user} · {one}") for pk, one in self.people.items()]
        field = self.fields["deputy"]
        field.choices = [("", _("choose a person")), *choices]  # type: ignore[attr-defined]

    def deputy_chosen(self) -> Any:
        """The person."""
        return self.people[self.cleaned_data["deputy"]].user

    def said(self) -> dict[str, Any]:
        """Days and reason, as the action takes them."""
        return {name: self.cleaned_data[name] for name in ("starts_on", "ends_on", "reason")}

    def mark(self, fault: ValidationError) -> None:
        """Puts what the rules refused beside its field."""
        for name, errors in fault.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)
