"""What an administrator is asked when somebody leaves, and when bureaus become one."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qdtrade.accounts.models import Bureau, User
from qdtrade.moderation import DAY
from qdtrade.posted import MarkedForm
from qdtrade.programmes.models import Membership


class LeavingForm(MarkedForm):
    """The last day, why, and for each role who takes over."""

    last_on = forms.DateField(
        label=gettext_lazy("Last day of work"),
        widget=DAY,
        help_text=gettext_lazy(
            "Through this day the person works as before; the account closes the day after."
        ),
    )
    comment = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "input"}),
        help_text=gettext_lazy("Colleagues who take over read it; kept in the records."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        today: datetime.date,
        colleagues: Iterable[tuple[Membership, list[Membership]]] = (),
    ) -> None:
        super().__init__(data, initial={"last_on": today})
        self._people: dict[str, User] = {}
        for role, others in colleagues:
            self._people |= {str(one.user_id): one.user for one in others}
            choices = {str(one.user_id): f"{one.user} · {one}" for one in others}
            self.fields[f"heir-{role.pk}"] = forms.ChoiceField(
                label=_("Takes over"),
                required=False,
                choices=[("", _("nobody: back to all who could do it")), *choices.items()],
                widget=forms.Select(attrs={"class": "input"}),
            )

    def heirs(self) -> dict[int, User | None]:
        """The colleague of each role, by the role's id."""
        return {
            int(name.removeprefix("heir-")): self._people.get(value)
            for name, value in self.cleaned_data.items()
            if name.startswith("heir-")
        }

    def heir_of(self, role: Membership) -> forms.BoundField:
        return self[f"heir-{role.pk}"]


class MergingForm(MarkedForm):
    """Into which bureau, from which day, why, and who goes along."""

    into = forms.ModelChoiceField(
        Bureau.objects.none(),
        label=gettext_lazy("Becomes a part of"),
        empty_label=gettext_lazy("Choose…"),
        widget=forms.Select(attrs={"class": "input"}),
    )
    merged_on = forms.DateField(
        label=gettext_lazy("From which day"),
        widget=DAY,
        help_text=gettext_lazy("From this day its names mean the other bureau, in files too."),
    )
    comment = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "input"}),
        help_text=gettext_lazy("Such as the number of the document; kept in the records."),
    )
    people = forms.ModelMultipleChoiceField(
        Membership.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, into: Any, people: Any, today: datetime.date) -> None:
        super().__init__(data, initial={"merged_on": today})
        for name, rows in (("into", into), ("people", people)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
