"""What the administration's forms share: they know what they were opened on, and never write by themselves."""

from typing import Any

from django import forms

from qdtrade.audit import trail
from qdtrade.posted import MarkedForm

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
"""A day, chosen with the browser's own calendar."""

LONG = forms.Textarea(attrs={"rows": 3})
"""A text of several lines."""


class OpenedForm(MarkedForm):
    """A form about a row that is there, or about a new one.

    `seen` carries a mark of the row's fields as they were when the form was opened, and an Action that is given it
    refuses to write over what somebody else changed since. `marked` names these fields.
    """

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    marked: tuple[str, ...] = ()

    def __init__(self, *args: Any, row: Any = None, user: Any = None, **kwargs: Any) -> None:
        self.row = row
        self.user = user
        if row is not None:
            first = {name: getattr(row, name) for name in self.marked}
            first["seen"] = self.mark_of(row)
            kwargs["initial"] = first | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if row is None:
            del self.fields["seen"]

    def mark_of(self, row: Any) -> str:
        """What the form is opened on."""
        return trail.seen_as(row, self.marked)

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that people see, in order; the reason of a change stands last on the page."""
        return [bound for bound in self.visible_fields() if bound.name != "comment"]

    @property
    def reason(self) -> forms.BoundField | None:
        """The field for the reason of a change, where the form has one."""
        return self["comment"] if "comment" in self.fields else None

    def values(self) -> dict[str, Any]:
        """The row's own fields as an Action takes them."""
        return {name: self.cleaned_data[name] for name in self.marked}

    def open_again(self) -> None:
        """Takes the row as it is now for seen: what was typed stays, and the next press writes over it."""
        if self.row is not None:
            self.data = dict(self.data.items()) | {self.add_prefix("seen"): self.mark_of(self.row)}


class RowsForm(OpenedForm):
    """A form with rows of the same kind below it, such as the milestones of a task."""

    rows_name = "rows"
    rows_label: Any = ""
    rows_hint: Any = ""
    row_form: type[forms.Form]
    empty_rows = 3

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        factory = forms.formset_factory(self.row_form, extra=self.empty_rows, max_num=200, absolute_max=200)
        self.rows = factory(
            self.data if self.is_bound else None,
            self.files if self.is_bound else None,
            prefix=self.rows_name,
            initial=None if self.row is None else self.first_rows(),
        )

    def first_rows(self) -> list[dict[str, Any]]:
        """The rows that are there."""
        return []

    def is_valid(self) -> bool:
        """The form's own fields and all rows, so that all errors are told at once."""
        rows_are = self.rows.is_valid()
        return super().is_valid() and rows_are

    def typed_rows(self) -> list[dict[str, Any]]:
        """What stands in the rows that are not empty."""
        return [form.cleaned_data for form in self.rows if form.cleaned_data]
