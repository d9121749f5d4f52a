"""The State Council's days in the administration: a year's notice entered row by row, or from a file."""

import datetime
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from qdtrade.errors import refusal_of
from qdtrade.moderation import INSPECTION, OpenedForm, RowAct, RowsForm, TrailAdmin, column
from qdtrade.moderation.acts import Asked
from qdtrade.tables import BadFile
from qdtrade.templatetags import days
from qdtrade.templatetags import qdtrade as tags

from .. import actions, rules
from ..filters import WorkingDayFilter
from ..imports import read_working_days
from ..models import WorkingDay

KINDS = [("off", gettext_lazy("day off")), ("work", gettext_lazy("working day"))]
LONGEST_HOLIDAY = 31
"""Days that one row may span; a longer one is a slip of the keyboard."""


class DayRow(forms.Form):
    """One holiday, or one working day at a weekend, from a day to a day."""

    first = forms.DateField(
        label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date", "class": "input date"})
    )
    last = forms.DateField(
        label=gettext_lazy("To"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "input date"}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=KINDS,
        initial="off",
        widget=forms.Select(attrs={"class": "input"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Occasion"), max_length=40, widget=forms.TextInput(attrs={"class": "input"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        first, last = found.get("first"), found.get("last")
        if first and last and not first <= last < first + datetime.timedelta(days=LONGEST_HOLIDAY):
            raise ValidationError({"last": _("From the first day on, at most a month.")})
        return found


class DaysForm(RowsForm):
    """A year's notice: its number, and its days in rows or in a file."""

    rows_name = "days"
    rows_label = gettext_lazy("Days off, and weekend days that are worked")
    rows_hint = gettext_lazy("As the notice says them: a holiday from its first to its last day in one row.")
    row_form = DayRow
    empty_rows = 14

    source = forms.CharField(
        label=gettext_lazy("Number of the notice"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("As it stands at the head of the notice; kept with every day."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        help_text=gettext_lazy("A table with the columns day, working, occasion and perhaps source."),
    )

    def clean_file(self) -> list[WorkingDay]:
        file = self.cleaned_data["file"]
        if not file:
            return []
        try:
            return read_working_days(file.read(), file.name)
        except BadFile as fault:
            raise ValidationError(str(fault)) from None

    def days(self) -> list[WorkingDay]:
        """Every day of the rows and the file, not saved yet; raises ValidationError for none, or for one twice."""
        found = [*self.cleaned_data["file"], *self._typed()]
        if not found:
            raise ValidationError(_("Enter at least one day."))
        seen: set[datetime.date] = set()
        for row in found:
            if row.day in seen:
                raise ValidationError(_("%(day)s stands here twice.") % {"day": row.day})
            seen.add(row.day)
        return found

    def _typed(self) -> Iterator[WorkingDay]:
        for row in self.typed_rows():
            last = row["last"] or row["first"]
            for number in range((last - row["first"]).days + 1):
                yield WorkingDay(
                    day=row["first"] + datetime.timedelta(days=number),
                    is_working=row["kind"] == "work",
                    name=row["name"],
                    source=self.cleaned_data["source"],
                )


class DayForm(OpenedForm):
    """One day that was entered; its date stays."""

    marked = ("is_working", "name", "source")

    is_working = forms.TypedChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("False", KINDS[0][1]), ("True", KINDS[1][1])],
        coerce=lambda text: text == "True",
    )
    name = forms.CharField(label=gettext_lazy("Occasion"), max_length=40)
    source = forms.CharField(label=gettext_lazy("Source"), max_length=200, required=False)


def _remove(row: WorkingDay, asked: Asked, seen: int | None) -> WorkingDay:
    actions.remove_working_day(row, by=asked.by, comment=asked.comment)
    return row


def _why_not(row: WorkingDay, user: Any) -> str:
    return refusal_of(lambda: rules.keeps_working_days(user))


REMOVE = RowAct(
    "remove",
    gettext_lazy("Take out"),
    _remove,
    _why_not,
    lambda row, user: not _why_not(row, user),
    needs_comment=True,
)


@admin.register(WorkingDay)
class WorkingDayAdmin(TrailAdmin):
    """The days that differ from Monday to Friday; a year with any row is covered by the calendar."""

    group = INSPECTION
    label = gettext_lazy("Working days")
    place = 15
    sentence = gettext_lazy(
        "Only days that differ from Monday to Friday. A year without any counts Monday to Friday, and pages say so."
    )
    filters = WorkingDayFilter
    facets = {
        "year": gettext_lazy("Year"),
        "kind": gettext_lazy("Kind"),
    }
    search_hint = gettext_lazy("Occasion, source")
    list_display = ("day", "weekday", "kind", "name", "source")
    facts = ("day", "weekday", "kind")
    add_form, edit_form = DaysForm, DayForm
    actions = [REMOVE]

    def get_queryset(self, request: HttpRequest) -> QuerySet[WorkingDay]:
        return WorkingDay.objects.visible_to(request.user).in_order()

    @column(gettext_lazy("Day"), ordering="day", css="nowrap")
    def day(self, row: WorkingDay) -> datetime.date:
        return row.day

    @column(gettext_lazy("Weekday"), css="nowrap")
    def weekday(self, row: WorkingDay) -> str:
        return days.weekday(row.day)

    @column(gettext_lazy("Kind"), css="nowrap")
    def kind(self, row: WorkingDay) -> SafeString:
        label = KINDS[row.is_working][1]
        return tags.state("confirmed", label) if row.is_working else tags.state("not_due", label)

    def may_add(self, request: HttpRequest) -> None:
        rules.keeps_working_days(request.user)

    def may_edit(self, request: HttpRequest, row: WorkingDay) -> None:
        rules.keeps_working_days(request.user)

    def add(self, request: HttpRequest, form: DaysForm) -> list[WorkingDay]:
        entered = form.days()
        actions.load_working_days(entered, by=request.user)
        return entered

    def added_words(self, saved: list[WorkingDay]) -> str:
        return ngettext("%(count)d day is entered.", "%(count)d days are entered.", len(saved)) % {
            "count": len(saved)
        }

    def address_of(self, saved: list[WorkingDay]) -> str:
        """All days of the year that the notice is about."""
        return f"{self.address('changelist')}?year={max(row.day.year for row in saved)}"

    def edit(self, request: HttpRequest, row: WorkingDay, form: DayForm) -> WorkingDay:
        return actions.edit_working_day(row, form.values(), by=request.user, seen=form.cleaned_data["seen"])
