"""What requests may say. Anything else in a body is refused by name."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from qdtrade.api import MoveBody

from ..models import Indicator, Qualifier

MOST_DIGITS = 15


@extend_schema_field(OpenApiTypes.STR)
class Figure(serializers.Field):
    """A value in the base unit as a decimal string, or a whole JSON number; 0 is a value."""

    def to_internal_value(self, data: Any) -> Decimal:
        if isinstance(data, bool | float) or not isinstance(data, str | int):
            raise serializers.ValidationError(_("Send a value as text, such as “28.6”."))
        try:
            value = Decimal(str(data)[:40])
        except InvalidOperation:
            raise serializers.ValidationError(_("This is no figure.")) from None
        if not value.is_finite() or value.adjusted() >= MOST_DIGITS or value != round(value, 4):
            raise serializers.ValidationError(_("At most 15 digits before the point and 4 behind it."))
        return value

    def to_representation(self, value: Any) -> str:
        return str(value)


class SaidBody(serializers.Serializer[Any]):
    """What is said in a reading."""

    on = serializers.DateField(required=False, help_text=gettext_lazy("The last day of the time it is of."))
    value = Figure(
        required=False, allow_null=True, help_text=gettext_lazy("In the base unit of the indicator.")
    )
    words = serializers.CharField(
        required=False, allow_blank=True, max_length=40,
        help_text=gettext_lazy("For an indicator that stands in words."),
    )  # fmt: skip
    qualifier = serializers.ChoiceField(Qualifier.choices, required=False)
    source = serializers.CharField(required=False, max_length=200)  # type: ignore[assignment]
    note = serializers.CharField(required=False, allow_blank=True, max_length=200)


class ReadingBody(SaidBody):
    """A reading to be submitted."""

    indicator = serializers.IntegerField(min_value=1)
    period = serializers.CharField(max_length=40)


class AgainBody(SaidBody, MoveBody):
    """What changes of a reading that is submitted again; the rest stays."""

    period = serializers.CharField(required=False, max_length=40)


class CorrectBody(SaidBody):
    """What is right instead, and what was wrong."""

    reason = serializers.CharField(max_length=200, help_text=gettext_lazy("What was wrong."))


class IndicatorBody(MoveBody):
    """Plain fields of an indicator that change, and why."""

    name = serializers.CharField(required=False, max_length=60)
    name_en = serializers.CharField(required=False, allow_blank=True, max_length=80)
    unit = serializers.CharField(required=False, allow_blank=True, max_length=20)
    unit_en = serializers.CharField(required=False, allow_blank=True, max_length=20)
    scale = serializers.ChoiceField(Indicator.Scale.choices, required=False)
    decimals = serializers.IntegerField(required=False, min_value=0, max_value=4)
    is_signed = serializers.BooleanField(required=False)
    direction = serializers.ChoiceField(Indicator.Direction.choices, required=False)
    formula = serializers.CharField(required=False, max_length=500)
    position = serializers.IntegerField(required=False, min_value=0, max_value=999)
    source = serializers.CharField(required=False, allow_blank=True, max_length=200)  # type: ignore[assignment]
