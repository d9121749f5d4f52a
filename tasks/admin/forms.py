"""Forms of fields, tasks and milestones in the administration."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qdtrade import clock
from qdtrade.accounts.models import Bureau
from qdtrade.audit import trail
from qdtrade.moderation import DAY, LONG, OpenedForm, RowsForm

from ..actions.register import MILESTONE_FIELDS, MilestoneChange
from ..models import Field, Task


class FieldForm(OpenedForm):
    """A field of work."""

    marked = ("number", "name")

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=999)
    name = forms.CharField(label=_("Name"), max_length=60)

    def __init__(self, *args: Any, programme: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class MilestoneRow(forms.Form):
    """One milestone: new, or one that is there."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("Milestone"), max_length=200, widget=forms.TextInput(attrs={"class": "input"})
    )
    plan_on = forms.DateField(
        label=_("Planned for"),
        widget=forms.DateInput(attrs={"type": "date", "class": "input date"}, format="%Y-%m-%d"),
    )
    remove = forms.BooleanField(label=_("Take out"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "plan_on", "remove"):
            self.fields[name].widget.attrs["aria-label"] = self.fields[name].label


class TaskForm(RowsForm):
    """What may be changed of a task by hand, and its milestones. Its state changes by moves alone."""

    marked = ("field", "title", "standard", "starts_on", "due_on", "due_words", "own_choice", "position")
    rows_name = "milestones"
    rows_label = _("Milestones")
    rows_hint = _(
        "Until the lead bureau accepts the task, milestones may be changed and taken out. "
        "Afterwards the baseline stays, and another day needs a reason."
    )
    row_form = MilestoneRow

    field = forms.ModelChoiceField(Field.objects.none(), label=_("Field"), empty_label=_("Choose…"))
    title = forms.CharField(label=_("Task"), max_length=200)
    standard = forms.CharField(label=_("Completion standard"), max_length=2000, widget=LONG)
    starts_on = forms.DateField(label=_("Starts on"), widget=DAY)
    due_on = forms.DateField(label=pgettext_lazy("task", "Due date"), widget=DAY)
    due_words = forms.CharField(label=_("Due as written"), max_length=60, required=False)
    own_choice = forms.BooleanField(label=_("Own-choice measure"), required=False)
    position = forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=100_000, initial=0)
    comment = forms.CharField(
        label=_("Why it changes"), max_length=2000, required=False, help_text=_("Kept in the records.")
    )

    def __init__(self, *args: Any, programme: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = Field.objects.visible_to(self.user).filter(programme=programme)
        chosen = self.fields["field"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = fields.in_order()

    def mark_of(self, row: Any) -> str:
        """The version: whatever changed in between counts, a move as well."""
        return str(row.version)

    def first_rows(self) -> list[dict[str, Any]]:
        return [
            {
                "pk": one.pk,
                "seen": trail.seen_as(one, MILESTONE_FIELDS),
                "title": one.title,
                "plan_on": one.plan_on,
            }
            for one in self.row.milestones.all()
        ]

    def milestones(self) -> list[MilestoneChange]:
        """The rows that are not empty, as the Action takes them."""
        return [
            MilestoneChange(one["title"], one["plan_on"], one["pk"], one["seen"], one["remove"])
            for one in self.typed_rows()
            if one["pk"] is not None or not one["remove"]
        ]


class NewTaskForm(TaskForm):
    """A new task needs a lead bureau, a completion standard, a due date and at least one milestone."""

    rows_hint = _("At least one, with the day it is planned for.")

    code = forms.CharField(label=_("Code"), max_length=40)
    lead = forms.ModelChoiceField(Bureau.objects.none(), label=_("Lead bureau"), empty_label=_("Choose…"))
    supporting = forms.ModelMultipleChoiceField(
        Bureau.objects.none(),
        label=_("Cooperating bureaus"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("Several: hold Ctrl while you click."),
    )
    field_order = ("code", "field", "title", "lead", "supporting", "standard")

    def __init__(self, *args: Any, programme: Any, **kwargs: Any) -> None:
        super().__init__(*args, programme=programme, **kwargs)
        bureaus = Bureau.objects.visible_to(self.user).filter(region=programme.region_id)
        bureaus = bureaus.for_new_work(clock.today()).in_order()
        for name in ("lead", "supporting"):
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ModelChoiceField)
            chosen.queryset = bureaus
        del self.fields["comment"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("lead") in list(found.get("supporting") or ()):
            raise ValidationError({"supporting": _("The lead bureau does not cooperate with itself.")})
        return found

    def plan(self) -> list[tuple[str, Any]]:
        """Title and day of each milestone."""
        return [(one.title, one.plan_on) for one in self.milestones()]


def plain_fields(form: TaskForm) -> dict[str, Any]:
    """The fields that a person may change, as `edit_task` takes them."""
    return {name: form.cleaned_data[name] for name in Task.plain_fields if name in form.cleaned_data}
