"""What a person types about breakthroughs. Whether it is right is asked of `rules`, by the act itself."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import formats
from django.utils.translation import gettext_lazy

from qdtrade.posted import MarkedForm, number_of

from . import contents
from .models import PracticeCase
from .models.target import DAYS_IN_FORCE

DATE = {"type": "date", "class": "date"}


class FlagForm(MarkedForm):
    """By when a breakthrough is expected, and why."""

    expected_on = forms.DateField(
        label=gettext_lazy("Expected by"),
        required=False,
        widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
    )
    comment = forms.CharField(
        label=gettext_lazy("Why it may become one"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class TargetForm(MarkedForm):
    """How many are due by the end of each month; the last one is the target of the year."""

    days_in_force = forms.IntegerField(
        label=gettext_lazy("Days in force before a claim"), initial=DAYS_IN_FORCE, min_value=0, max_value=730,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip
    source = forms.CharField(label=gettext_lazy("Source"), required=False, max_length=200)
    comment = forms.CharField(
        label=gettext_lazy("Why it changes"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=gettext_lazy("Kept in the records."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for month in range(1, 13):
            self.fields[f"month_{month}"] = forms.IntegerField(
                label=formats.date_format(_day(month), "F"), min_value=0, max_value=10_000,
                widget=forms.NumberInput(attrs={"class": "short"}),
            )  # fmt: skip

    def months(self) -> list[forms.BoundField]:
        return [self[f"month_{month}"] for month in range(1, 13)]

    def points(self) -> list[int]:
        return [self.cleaned_data[f"month_{month}"] for month in range(1, 13)]


def _day(month: int) -> datetime.date:
    return datetime.date(2021, month, 1)


class CaseForm(MarkedForm):
    """A practice case as others are to read it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in PracticeCase.texts:
            field = PracticeCase._meta.get_field(name)
            widget = forms.TextInput() if name == "title" else forms.Textarea(attrs={"rows": 5})
            label = str(field.verbose_name)
            self.fields[name] = forms.CharField(
                label=label[:1].upper() + label[1:],
                max_length=field.max_length,
                required=False,
                widget=widget,
            )


def typed(posted: QueryDict) -> dict[str, str]:
    """What a page sent of a claim, by the names of its fields."""
    return {name: posted[name] for name in posted if contents.is_known(name)}


def draft_seen(posted: QueryDict) -> int | None:
    """The version of the draft that the page was opened on."""
    return number_of(posted.get("draft_version", ""))


def remarks(posted: Mapping[str, str]) -> dict[str, str]:
    """What a reviewer wrote beside each part."""
    found = {part.name: posted.get(f"remark-{part.name}", "") for part in contents.PARTS}
    return {name: text for name, text in found.items() if text.strip()}
