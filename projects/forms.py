"""What a person types about projects. Whether it is right is asked of `rules`, by the act itself."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from qdtrade import money
from qdtrade.accounts.models import Bureau
from qdtrade.posted import MarkedForm
from qdtrade.programmes.models import Programme
from tasks.models import Task

from .actions.directory import Firm
from .models import Currency, Gate, MoneyKind, Project, Sector, SigningEvent
from .models.partner import CHINA

DATE = {"type": "date", "class": "date"}


def day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs=DATE, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


class AmountField(forms.Field):
    """An amount in yuan, however it is written."""

    LONGEST = 40

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "off", "class": "amount", "maxlength": self.LONGEST}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values or not str(value).strip():
            return None
        return money.parse(str(value)[: self.LONGEST + 1])

    def prepare_value(self, value: Any) -> Any:
        return money.written(value) if isinstance(value, Decimal) else value


class InCurrency(MarkedForm):
    """The fields of an amount that was given in another currency."""

    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=Currency.choices, required=False)
    original_amount = AmountField(
        label=gettext_lazy("Amount in the currency"), required=False,
        help_text=gettext_lazy("Only where it is not yuan; the yuan may then be left out."),
    )  # fmt: skip
    rate = forms.DecimalField(
        label=gettext_lazy("Yuan for one of the currency"), required=False, max_digits=18, decimal_places=6,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )  # fmt: skip
    rate_on = day(gettext_lazy("Day of the rate"), required=False)

    FOREIGN = ("currency", "original_amount", "rate", "rate_on")

    def foreign(self) -> dict[str, Any]:
        """What was given beside the yuan."""
        found = {name: self.cleaned_data[name] for name in self.FOREIGN}
        return found | {"currency": found["currency"] or Currency.CNY}


class ProjectForm(InCurrency):
    """A project as it was signed: who, what, how much, and when its gates are planned for."""

    code = forms.CharField(label=gettext_lazy("Code"), max_length=40)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Project.Kind.choices)
    sector = forms.ModelChoiceField(Sector.objects.none(), label=gettext_lazy("Sector"))
    event = forms.ModelChoiceField(
        SigningEvent.objects.none(), label=gettext_lazy("Signed at"), required=False, empty_label="—"
    )
    carrier = forms.ModelChoiceField(Bureau.objects.none(), label=gettext_lazy("Carrier"))
    officers = forms.CharField(label=gettext_lazy("Officers of the carrier"), required=False, max_length=200)
    signed_on = day(gettext_lazy("Signed on"))
    planned_investment = AmountField(
        label=gettext_lazy("Planned investment"), required=False,
        help_text=gettext_lazy("Such as 18亿元, 12,000万元 or 50000000, in yuan."),
    )  # fmt: skip
    contracted_inflow = AmountField(label=gettext_lazy("Contracted inflow"), required=False)
    countable = forms.BooleanField(label=gettext_lazy("Counts in the figures"), required=False, initial=True)
    uncountable_reason = forms.CharField(
        label=gettext_lazy("Does not count because"), required=False, max_length=200
    )
    partners = forms.CharField(
        label=gettext_lazy("Partners"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One firm a line: name, country or region, unified social credit code."),
    )  # fmt: skip
    tasks = forms.CharField(
        label=gettext_lazy("Tasks served"), required=False, max_length=400,
        help_text=gettext_lazy("Their codes, parted by spaces."),
    )  # fmt: skip
    source = forms.CharField(label=gettext_lazy("Source"), required=False, max_length=200)
    comment = forms.CharField(
        label=gettext_lazy("Why it changes"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    WHAT = (
        "code",
        "name",
        "kind",
        "sector",
        "event",
        "signed_on",
        "countable",
        "uncountable_reason",
        "source",
    )
    WHO = ("carrier", "officers", "partners", "tasks")
    HOW_MUCH = ("planned_investment", "contracted_inflow", *InCurrency.FOREIGN)
    LINKS = ("partners", "tasks")

    def __init__(
        self, data: Any = None, *, programme: Programme, user: Any, project: Project | None = None
    ) -> None:
        super().__init__(data, initial=_initial(project) if project else None)
        self.programme, self.user, self.project = programme, user, project
        choices: dict[str, Any] = {
            "sector": Sector.objects.visible_to(user).filter(programme=programme).in_order(),
            "event": SigningEvent.objects.visible_to(user).filter(programme=programme).in_order(),
            "carrier": Bureau.objects.visible_to(user).filter(region=programme.region_id).in_order(),
        }
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        if project is None:
            del self.fields["comment"]
        else:
            del self.fields["code"]
        plans = {gate.step: gate for gate in project.gates.all()} if project else {}
        for step in Gate.Step:
            gate = plans.get(step)
            if gate is None or not gate.is_confirmed:
                self.fields[f"plan_{step}"] = day(step.label, required=False)
                self.initial[f"plan_{step}"] = gate.plan_on if gate else None

    def clean_partners(self) -> list[Firm]:
        """One firm a line, its parts by commas."""
        found = []
        for line in self.cleaned_data["partners"].splitlines():
            parts = [part.strip() for part in re.split(r"[,，、;；\t]", line)]
            if parts[0]:
                name, country, code = [*parts, "", ""][:3]
                found.append(Firm(name[:200], country or CHINA, code))
        return found

    def clean_tasks(self) -> list[Task]:
        """The tasks with these codes, of those that the person sees."""
        codes = list(dict.fromkeys(re.split(r"[\s,，、;；]+", self.cleaned_data["tasks"].strip())))
        codes = [code for code in codes if code]
        rows = Task.objects.visible_to(self.user).filter(programme=self.programme, code__in=codes)
        known = {task.code: task for task in rows}
        missing = [code for code in codes if code not in known]
        if missing:
            words = _("There is no task %(codes)s.") % {"codes": ", ".join(missing)}
            raise ValidationError(words)
        return [known[code] for code in codes]

    def values(self) -> dict[str, Any]:
        """The plain fields, as the action takes them."""
        others = {*self.LINKS, "comment", *self.FOREIGN}
        plain = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in others and not name.startswith("plan_")
        }
        return plain | self.foreign()

    def links(self) -> dict[str, Any]:
        """Partners, tasks and the planned days of the gates."""
        plans = {
            step: self.cleaned_data[name]
            for step in Gate.Step.values
            if (name := f"plan_{step}") in self.fields
        }
        return {name: self.cleaned_data[name] for name in self.LINKS} | {"plans": plans}

    def _bound(self, names: tuple[str, ...]) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    @property
    def what(self) -> list[forms.BoundField]:
        return self._bound(self.WHAT)

    @property
    def who(self) -> list[forms.BoundField]:
        return self._bound(self.WHO)

    @property
    def how_much(self) -> list[forms.BoundField]:
        return self._bound(self.HOW_MUCH)

    @property
    def plans(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("plan_")]


def _initial(project: Project) -> dict[str, Any]:
    """The form of a project as it is; it came with `for_list()` and `with_tasks()`."""
    plain: dict[str, Any] = {name: getattr(project, name) for name in Project.plain_fields if name != "extra"}
    lines = [
        ", ".join(part for part in (one.name, one.country, one.uscc) if part) for one in project.partners
    ]
    return plain | {"partners": "\n".join(lines), "tasks": " ".join(task.code for task in project.served)}


class ProposeForm(MarkedForm):
    """The day on which a gate was passed, and what happened; the proof comes as files."""

    fact_on = day(gettext_lazy("Day of the fact"), required=False)
    words = forms.CharField(
        label=gettext_lazy("What happened"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    source = forms.CharField(
        label=gettext_lazy("Source"), required=False, max_length=400,
        help_text=gettext_lazy("The bureau has no account: say who told it, by which letter or call, and when."),
    )  # fmt: skip

    def __init__(self, *args: Any, is_for_another: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"] = forms.Field(required=False)
        if not is_for_another:
            del self.fields["source"]


class MoneyForm(InCurrency):
    """A sum that came in, was paid or was invested."""

    kind = forms.ChoiceField(label=pgettext_lazy("money", "Kind"), choices=MoneyKind.choices)
    on = day(gettext_lazy("Day"))
    amount = AmountField(
        label=gettext_lazy("Amount"), required=False,
        help_text=gettext_lazy("Such as 1.2亿元, 12,000万元 or 50000000, in yuan."),
    )  # fmt: skip
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200)

    field_order = ("kind", "on", "amount", "note", *InCurrency.FOREIGN)

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        return {name: self.cleaned_data[name] for name in ("kind", "on", "amount", "note")} | self.foreign()


class CounterForm(MarkedForm):
    """What is taken back of a sum, and why."""

    on = day(gettext_lazy("Day"))
    amount = AmountField(
        label=gettext_lazy("Amount taken back"), required=False,
        help_text=gettext_lazy("Empty: all that is left of it."),
    )  # fmt: skip
    note = forms.CharField(label=gettext_lazy("What was wrong"), max_length=200)


class UpdateForm(MarkedForm):
    """What is new of a project, or that nothing changed, and when its next gate is expected."""

    no_change = forms.BooleanField(label=gettext_lazy("Nothing changed in this period"), required=False)
    text = forms.CharField(
        label=gettext_lazy("What is new"), required=False, widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    next_on = day(
        gettext_lazy("Next gate expected on"), required=False,
        help_text=gettext_lazy("A forecast. The planned day stays; the pilot office changes it."),
    )  # fmt: skip
