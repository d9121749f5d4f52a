"""What requests may say. Anything else in a body is not looked at; a change refuses it by name."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError as Wrong
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from qdtrade import money
from qdtrade.accounts.models import Bureau
from qdtrade.api import MoveBody
from tasks.models import Task

from ..models import Currency, Gate, MoneyKind, Partner, Project, Sector, SigningEvent

LONGEST = 2000


@extend_schema_field(OpenApiTypes.STR)
class Amount(serializers.Field):
    """Yuan as a decimal string, or as people write it: 3410000万元 and 341亿元 are one amount. A JSON number with a
    point is refused, since it is none that a computer can hold exactly.
    """

    def to_internal_value(self, data: Any) -> Decimal:
        if isinstance(data, bool | float) or not isinstance(data, str | int):
            raise serializers.ValidationError(_("Send an amount as text, such as “18000000.00”."))
        try:
            return money.parse(data)
        except Wrong as fault:
            raise serializers.ValidationError(fault.messages) from None

    def to_representation(self, value: Any) -> str:
        return str(value)


class Rate(serializers.DecimalField):
    """An exchange rate as a decimal string."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=18, decimal_places=6, **kwargs)


@extend_schema_field(OpenApiTypes.STR)
class Code(serializers.Field):
    """A row of the programme by its code."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str) or not data.isprintable() or len(data) > 60:
            raise serializers.ValidationError(_("Give the code as text."))
        return data

    def to_representation(self, value: Any) -> str:
        return str(value)


class PlansField(serializers.DictField):
    """The planned day of each gate, by its step; null takes it away."""

    child = serializers.DateField(allow_null=True)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().to_internal_value(data)
        unknown = found.keys() - set(Gate.Step.values)
        if unknown:
            words = _("There is no gate %(names)s. There are: %(have)s.")
            names = {"names": ", ".join(sorted(unknown)), "have": ", ".join(Gate.Step.values)}
            raise serializers.ValidationError(words % names)
        return found


class ProjectBody(serializers.Serializer[Any]):
    """The plain fields of a project; rows are named by code (a sector and a partner by id)."""

    name = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(Project.Kind.choices)
    sector = serializers.IntegerField(min_value=1)
    event = Code(required=False, allow_null=True, help_text=gettext_lazy("The code of the signing event."))
    carrier = Code(help_text=gettext_lazy("The code of the bureau."))
    officers = serializers.CharField(required=False, allow_blank=True, max_length=200)
    signed_on = serializers.DateField()
    planned_investment = Amount(required=False, allow_null=True)
    contracted_inflow = Amount(required=False, allow_null=True)
    currency = serializers.ChoiceField(Currency.choices, required=False)
    original_amount = Amount(
        required=False, allow_null=True, help_text=gettext_lazy("In the currency, not in yuan.")
    )
    rate = Rate(required=False, allow_null=True)
    rate_on = serializers.DateField(required=False, allow_null=True)
    countable = serializers.BooleanField(required=False)
    uncountable_reason = serializers.CharField(required=False, allow_blank=True, max_length=200)
    source = serializers.CharField(required=False, allow_blank=True, max_length=200)  # type: ignore[assignment]
    partners = serializers.ListField(child=serializers.IntegerField(min_value=1), required=False)
    tasks = serializers.ListField(child=Code(), required=False)
    plans = PlansField(required=False)


class NewProjectBody(ProjectBody):
    """A project to be registered."""

    programme = Code(help_text=gettext_lazy("The code of the programme."))
    code = serializers.CharField(max_length=40)


class ChangedProjectBody(ProjectBody):
    """What changes of a project, and why."""

    comment = MoveBody().fields["comment"]


class EndBody(MoveBody):
    """When a project ended, and why."""

    on = serializers.DateField(
        required=False,
        allow_null=True,
        help_text=gettext_lazy("The day on which it ended; today without it."),
    )


class ProposeBody(serializers.Serializer[Any]):
    """That a gate was passed: the day, what happened, and the files that prove it."""

    fact_on = serializers.DateField(required=False, allow_null=True)
    words = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST)
    source = serializers.CharField(  # type: ignore[assignment]
        required=False, allow_blank=True, max_length=200,
        help_text=gettext_lazy("Where it comes from, when the pilot office proposes for a bureau without an account."),
    )  # fmt: skip
    files = serializers.ListField(child=serializers.FileField(allow_empty_file=True), required=False)


class MoneyBody(serializers.Serializer[Any]):
    """A sum to be entered."""

    project = serializers.IntegerField(min_value=1)
    kind = serializers.ChoiceField(MoneyKind.choices)
    on = serializers.DateField()
    amount = Amount(required=False, allow_null=True)
    currency = serializers.ChoiceField(Currency.choices, required=False)
    original_amount = Amount(
        required=False, allow_null=True, help_text=gettext_lazy("In the currency, not in yuan.")
    )
    rate = Rate(required=False, allow_null=True)
    rate_on = serializers.DateField(required=False, allow_null=True)
    note = serializers.CharField(max_length=200)


class CounterBody(serializers.Serializer[Any]):
    """What is taken back of a sum: without an amount, all that is left of it."""

    on = serializers.DateField()
    amount = Amount(required=False, allow_null=True)
    note = serializers.CharField(max_length=200)


class UpdateBody(MoveBody):
    """What is new, or that nothing changed, and when the next gate is expected."""

    text = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST)
    no_change = serializers.BooleanField(default=False)
    next_on = serializers.DateField(required=False, allow_null=True)


def resolved(given: dict[str, Any], user: Any, programme_id: int) -> dict[str, Any]:
    """The body with its rows in place of ids and codes; raises ValidationError that names what is not there."""
    found = dict(given)
    sources: dict[str, tuple[QuerySet[Any], str]] = {
        "sector": (Sector.objects.visible_to(user).filter(programme=programme_id), "pk"),
        "event": (SigningEvent.objects.visible_to(user).filter(programme=programme_id), "code"),
        "carrier": (Bureau.objects.visible_to(user).filter(region__programmes=programme_id), "code"),
    }
    for name, (rows, key) in sources.items():
        if found.get(name) is not None:
            found[name] = _one(rows, key, found[name], name)
    partners = Partner.objects.visible_to(user).filter(programme=programme_id)
    tasks = Task.objects.visible_to(user).filter(programme=programme_id)
    for name, rows, key in (("partners", partners, "pk"), ("tasks", tasks, "code")):
        if name in found:
            found[name] = _several(rows, key, found[name], name)
    return found


def _one(rows: QuerySet[Any], key: str, value: Any, name: str) -> Model:
    row: Model | None = rows.filter(**{key: value}).order_by("pk").first()
    if row is None:
        raise Wrong({name: _("There is none with “%(value)s”.") % {"value": value}})
    return row


def _several(rows: QuerySet[Any], key: str, values: list[Any], name: str) -> list[Model]:
    """In the order in which they were named, each once; read by one query."""
    known = {getattr(row, key): row for row in rows.filter(**{f"{key}__in": values})}
    missing = [value for value in values if value not in known]
    if missing:
        words = _("There is none with “%(value)s”.") % {"value": ", ".join(map(str, missing))}
        raise Wrong({name: words})
    return [known[value] for value in dict.fromkeys(values)]
