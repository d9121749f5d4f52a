"""Forms of periods, of a programme's settings, and of deputies."""

import datetime
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qdtrade.posted import MarkedForm

from .models import Membership, Period, PeriodKind, Programme
from .rules import keeps_timetable
from .timetable import Timetable

NUMBER = forms.NumberInput(attrs={"class": "short"})
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


class TimetableForm(forms.Form):
    """The rule of a year's periods, for a preview and for making them; the programme's own rule to begin with."""

    kind = forms.ChoiceField(
        label=_("How often"),
        choices=PeriodKind.choices,
        widget=forms.Select(attrs={"data-submit-on-change": True}),
    )
    opens_day = forms.IntegerField(
        label=_("Opens on day"),
        min_value=1,
        max_value=28,
        widget=NUMBER,
        help_text=_(
            "Of the month; of the quarter's last month; of the half month. On a day off it moves on."
        ),
    )
    due_from = forms.ChoiceField(label=_("Due date counted"), choices=Programme.DueFrom.choices)
    due_working_day = forms.IntegerField(
        label=_("Due on the n-th working day"), min_value=1, max_value=15, widget=NUMBER
    )
    grace_days = forms.IntegerField(
        label=_("Working days of grace"), min_value=0, max_value=15, widget=NUMBER
    )

    @classmethod
    def asked(cls, data: Any, programme: Programme) -> "TimetableForm":
        """The form as it was sent, whole or in part; what is missing is as the programme has it."""
        own = asdict(Timetable.of(programme))
        return cls({name: data.get(name, str(value)) for name, value in own.items()})

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            keeps_timetable(Timetable(**cleaned))
        return cleaned

    def timetable(self) -> Timetable:
        """The rule; only of a form that is valid."""
        return Timetable(**self.cleaned_data)


class DaysField(forms.CharField):
    """A list of numbers of days, written with commas between them, Chinese ones too."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The numbers; what is none stays a word, which the programme's own check refuses."""
        words = str(value or "").replace("、", ",").replace("，", ",").replace(";", ",").split(",")
        return [
            int(word) if word.isdecimal() and len(word) < 4 else word
            for word in map(str.strip, words)
            if word
        ]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(data) != initial)


class ProgrammeForm(forms.ModelForm):
    """Names, dates and rules of time of a programme."""

    remind_before = DaysField(
        label=_("Remind before the due date"),
        required=False,
        help_text=_("Working days, such as 3, 1. Who may write for the bureau is reminded."),
    )
    remind_after = DaysField(
        label=_("Remind after the due date"),
        required=False,
        help_text=_("Working days, such as 1, 3. The bureau's head is reminded too."),
    )

    class Meta:
        model = Programme
        fields = Programme.settings
        widgets = {
            "starts_on": DATE,
            "ends_on": DATE,
            **{
                name: forms.NumberInput(attrs={"class": "short"})
                for name in Programme.settings
                if name.endswith(("_days", "_points")) or name in {"opens_day", "due_working_day"}
            },
        }

    @property
    def names(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "name_en", "short_name", "starts_on", "ends_on")]

    @property
    def rules(self) -> list[forms.BoundField]:
        return [
            self[name] for name in ("report_kind", "opens_day", "due_from", "due_working_day", "grace_days")
        ]

    @property
    def signings(self) -> list[forms.BoundField]:
        return [self[name] for name in ("project_period_kind", "stalled_days", "behind_points")]

    @property
    def clocks(self) -> list[forms.BoundField]:
        clocks = ("accept_days", "review_days", "resubmit_days", "verify_days", "extension_days")
        return [self[name] for name in clocks]

    @property
    def reminders(self) -> list[forms.BoundField]:
        return [self[name] for name in ("remind_before", "remind_after")]

    @property
    def switches(self) -> list[forms.BoundField]:
        return [self[name] for name in ("sign_off",)]


class ExpectedForm(forms.Form):
    """What is to be changed for the chosen rows of a ledger, until when, and why."""

    EXEMPT, EXCEPTION = "exempt", "exception"

    what = forms.ChoiceField(
        label=_("What is given"),
        choices=[(EXCEPTION, _("Exception: taken later")), (EXEMPT, _("Exemption: nothing is owed"))],
        initial=EXCEPTION,
    )
    until = forms.DateField(
        label=_("Taken until"),
        required=False,
        widget=DATE,
        help_text=_("For an exception. What comes after the due date still counts as late."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stands beside the report on every list, and in the records."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("what") == self.EXCEPTION and "until" in cleaned and cleaned["until"] is None:
            self.add_error("until", _("Until which day is it taken?"))
        return cleaned


class DeputyForm(MarkedForm):
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
