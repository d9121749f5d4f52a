"""Lights as the API shows them: stored codes, and reasons as codes with what they name."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from .levels import Level
from .words import sentence

COMPUTED = _("The light by the rule alone; another one than `light` where a manager set it.")


@extend_schema_field(
    serializers.ChoiceField([*Level.choices, ("", _("no light yet"))]), component_name="LightLevel"
)
class LightField(serializers.CharField):
    """A light by its code; empty where none was kept yet."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("The light that is shown; empty where none was kept yet."))
        super().__init__(read_only=True, **kwargs)


class LightDayField(serializers.DateField):
    """The day that a light was kept for."""

    def __init__(self, **kwargs: Any) -> None:
        words = _("The day that the light was kept for; null where none was kept yet.")
        super().__init__(read_only=True, allow_null=True, help_text=words, **kwargs)


@extend_schema_field(serializers.ListField(child=serializers.DictField()))
class ReasonsField(serializers.JSONField):
    """Why the light is what it is: each a `code`, and what its sentence names."""

    def __init__(self, **kwargs: Any) -> None:
        words = _("Why: each with its `code` and what it names, the worst first.")
        super().__init__(read_only=True, help_text=words, **kwargs)

    def to_representation(self, value: Any) -> Any:
        return value or []


class LightDaySerializer(serializers.Serializer[Any]):
    """The light that was kept for one day; the last one kept for a day is that day's."""

    id = serializers.IntegerField()
    day = serializers.DateField(help_text=_("The day that it was kept for."))
    kept_at = serializers.DateTimeField(help_text=_("When it was kept."))
    light = LightField(source="level")
    light_computed = LightField(source="computed", help_text=COMPUTED)
    light_reasons = ReasonsField(source="reasons")
    words = serializers.SerializerMethodField(help_text=_("The same reasons as a sentence."))
    rule_version = serializers.IntegerField(
        source="rule.version", help_text=_("The version of the thresholds that it was computed by.")
    )

    def get_words(self, row: Any) -> str:
        return sentence(row.reasons)
