"""What a person types about a report. Whether it is right is asked of `rules`, when it is submitted."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qdtrade.accounts.models import Bureau
from qdtrade.posted import MarkedForm, number_of

from . import content as contents
from .models import Light, Milestone, Part

PLAIN = ("done", "progress", "progress_reason", "problems", "forecast_on", "self_light")


class ReportForm(forms.Form):
    """The report's plain fields, as typed; milestones and evidence have their own places on the page.

    Nothing is required here: a draft may be half written.
    """

    done = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"class": "tall", "rows": 4, "data-counter": "done-count"}),
    )
    progress = forms.CharField(
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal", "autocomplete": "off"}),
    )
    progress_reason = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    problems = forms.CharField(
        required=False,
        widget=forms.Textarea(
            attrs={
                "rows": 3,
                "placeholder": _("Leave empty if there are none"),
                "data-counter": "problems-count",
            }
        ),
    )
    forecast_on = forms.CharField(
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "date"}),
    )
    self_light = forms.ChoiceField(
        required=False,
        choices=Light.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = str(contents.LABELS[name])

    def mark(self, errors: Mapping[str, list[str]]) -> dict[str, list[str]]:
        """Puts each error beside its field; returns those of fields that stand elsewhere on the page."""
        self.full_clean()
        for name in self.fields.keys() & errors.keys():
            self.add_error(name, errors[name])
        return {name: words for name, words in errors.items() if name not in self.fields}


class NoChangeForm(ReportForm):
    """The two things that “no change” still asks."""

    field_order = ("forecast_on", "self_light")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields.keys() - set(self.field_order):
            del self.fields[name]


class ExtensionForm(MarkedForm):
    """What is to come later, on which day, and why; whether that may be is asked of the rules."""

    what = forms.CharField(label=_("What is to come later"), max_length=20)
    to_on = forms.DateField(
        label=_("New day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "date"}, format="%Y-%m-%d"),
    )
    cause = forms.CharField(
        label=_("Cause"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What stands in the way, what was tried, and why this day will hold."),
    )

    def __init__(self, data: Any = None, *, choices: Sequence[Any], chosen: str = "") -> None:
        possible = [one for one in choices if not one.reason]
        named = next((one for one in possible if one.milestone and str(one.milestone.number) == chosen), None)
        first = named or (possible[0] if possible else None)
        super().__init__(data, initial={"what": first.value if first else ""})
        self.by_value = {one.value: one for one in choices}

    def clean_what(self) -> str:
        """One of those that the page offers; whether it may come later is asked of the rules."""
        what = str(self.cleaned_data["what"])
        if what not in self.by_value:
            raise ValidationError(_("Choose one of the milestones, or the whole task."))
        return what

    @property
    def chosen(self) -> str:
        """Which choice is marked."""
        return str(self["what"].value() or "")

    def milestone(self) -> Milestone | None:
        """The milestone that was chosen, or None for the whole task."""
        return cast("Milestone | None", self.by_value[self.cleaned_data["what"]].milestone)


def _named(part: Part) -> str:
    """A part where one is chosen: its number and whose it is."""
    return f"{part.number} {part.bureau}"


class PartForm(MarkedForm):
    """A part of a task: who, what, until when, and below which part. Whether that may be is asked of the rules."""

    bureau = forms.ModelChoiceField(
        label=_("Bureau or district"),
        queryset=Bureau.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("choose a bureau"),
    )
    under = forms.ModelChoiceField(
        label=_("Below the part of"),
        queryset=Part.objects.none(),
        required=False,
        help_text=_("A bureau with a part passes something of it on to a district."),
    )
    what = forms.CharField(
        label=_("What is asked"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In one sentence: what is to be there in the end, and how it is measured."),
    )
    due_on = forms.DateField(
        label=_("By when"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "date"}, format="%Y-%m-%d"),
    )
    comment = forms.CharField(
        label=_("Reason (required)"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, data: Any = None, *, bureaus: Any = None, above: Any = None, lead: Any = None, **more: Any
    ) -> None:
        """To give one: `bureaus` it may go to, the parts `above` it, and who leads; to give one again, without."""
        super().__init__(data, **more)
        if bureaus is None:
            for name in ("bureau", "under"):
                del self.fields[name]
            return
        del self.fields["comment"]
        chosen, under = (
            cast("forms.ModelChoiceField[Any]", self.fields[name]) for name in ("bureau", "under")
        )
        chosen.queryset = bureaus
        under.queryset, under.empty_label = above, lead
        under.label_from_instance = _named  # type: ignore[method-assign, assignment]
        if lead is None:
            under.required, under.empty_label = True, None


class PartReportForm(forms.Form):
    """What a bureau says of its part for a period; whether that will do is asked of the rules."""

    text = forms.CharField(
        label=_("What was done for this part"),
        required=False,
        widget=forms.Textarea(attrs={"class": "tall", "rows": 5}),
        help_text=_("The lead bureau reads it beside its own report. Nothing done is said, too."),
    )
    says_done = forms.BooleanField(
        label=_("The part is done; nothing more will be filed on it"), required=False
    )

    def mark(self, fault: ValidationError) -> list[str]:
        """Puts what the rules refused beside its field; returns what stands elsewhere on the page."""
        elsewhere: list[str] = []
        for name, errors in fault.error_dict.items():
            if name in self.fields:
                self.add_error(name, errors)
            else:
                elsewhere += [str(words) for error in errors for words in error.messages]
        return elsewhere


def typed(data: QueryDict) -> dict[str, Any]:
    """The report's fields that a page sent, as typed; what it did not send is left out.

    A page that shows the milestones sends the field `milestones` even where none is claimed.
    """
    raw: dict[str, Any] = {name: data[name] for name in (*PLAIN, *contents.ANSWERS) if name in data}
    if "milestones" in data:
        numbers = [number for number in data.getlist("milestones") if number.isdecimal()]
        raw["milestones"] = {number: data.get(f"milestone-{number}-on", "") for number in numbers}
    if "claims" in data:
        raw["milestones"] = claims_of(str(data["claims"]))
    return raw


def source_typed(data: QueryDict) -> dict[str, str]:
    """What the office typed about where the report comes from, on a page that asks for it."""
    return {"filed_from": str(data["filed_from"])} if "filed_from" in data else {}


def as_claims(milestones: Mapping[str, str]) -> str:
    """Claimed milestones in one field, for a page where one of two sets is chosen: `2=2021-09-15 3=`."""
    return " ".join(f"{number}={day}" for number, day in milestones.items())


def as_fields(content: Mapping[str, Any]) -> dict[str, str]:
    """A whole content as the fields of a form without a page: one text each."""
    answers = {name: content.get(name, "") for name in contents.ANSWERS}
    return {name: content[name] for name in PLAIN} | answers | {"claims": as_claims(content["milestones"])}


def field_of(name: str) -> str:
    """The form field in which `as_fields` puts a field of the content."""
    return "claims" if name == "milestones" else name


def claims_of(text: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in text.split()]
    return {number: day for number, _equals, day in pairs if number.isdecimal()}


def draft_seen(data: QueryDict) -> int | None:
    """The version of the draft that the page was opened on; 0 where there was none."""
    return number_of(data.get("draft_version", ""))


def remarks(data: QueryDict) -> dict[str, str]:
    """What a reviewer wrote beside the fields."""
    found = {name: data.get(f"remark-{name}", "").strip() for name in contents.LABELS}
    return {name: words for name, words in found.items() if words}
