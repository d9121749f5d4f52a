"""Indicators, their targets and readings, as the API shows them: values are decimal strings in the base unit."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from qdtrade.accounts.serializers import BureauNameSerializer, PersonSerializer
from qdtrade.api import OfferSerializer, SampleFields, moves_of
from qdtrade.programmes.models import Programme

from .models import Indicator, IndicatorTarget, Reading
from .said import said
from .workflow import READING_MOVES

VALUE: dict[str, Any] = {"max_digits": 20, "decimal_places": 4, "read_only": True}


class IndicatorNameSerializer(serializers.ModelSerializer[Indicator]):
    """An indicator, wherever one is named; never without its sample marks."""

    sample_fields = SampleFields()

    class Meta:
        model = Indicator
        fields = ("id", "code", "name", "unit", "is_sample", "sample_fields")


class IndicatorTargetSerializer(serializers.ModelSerializer[IndicatorTarget]):
    """A baseline or a target, in the indicator's row."""

    value = serializers.DecimalField(help_text=_("In the base unit of the indicator."), **VALUE)
    sample_fields = SampleFields()

    class Meta:
        model = IndicatorTarget
        fields = ("id", "kind", "period", "on", "value", "source", "is_sample", "sample_fields")


class NewestReadingSerializer(serializers.ModelSerializer[Reading]):
    """The newest reading in force, in the indicator's row."""

    value = serializers.DecimalField(
        allow_null=True, help_text=_("In the base unit; null for a standing in words."), **VALUE
    )
    said = serializers.SerializerMethodField(help_text=_("With its qualifier and unit, as pages say it."))

    class Meta:
        model = Reading
        fields = ("id", "period", "on", "value", "words", "qualifier", "said", "source", "is_sample")

    @extend_schema_field(serializers.CharField())
    def get_said(self, reading: Reading) -> str:
        return str(said(reading))


class IndicatorSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """An indicator with its targets and its newest approved reading."""

    programme = serializers.SlugRelatedField[Programme]("code", read_only=True)
    owner = BureauNameSerializer()
    ended_by = PersonSerializer(allow_null=True)
    targets = IndicatorTargetSerializer(many=True)
    newest = NewestReadingSerializer(
        allow_null=True, help_text=_("The newest approved reading; null where there is none.")
    )
    sample_fields = SampleFields()

    class Meta:
        model = Indicator
        fields = (
            "id", "programme", "code", "name", "name_en", "form", "unit", "unit_en", "scale", "decimals", "is_signed",
            "direction", "formula", "owner", "position", "targets", "newest", "ended_at", "ended_by", "ended_reason",
            "source", "is_sample", "sample_fields", "version", "url",
        )  # fmt: skip
        extra_kwargs = {
            "url": {"view_name": "api:indicator-detail"},
            "position": {"help_text": _("Its place in the list; the first eight are tiles.")},
            "formula": {"help_text": _("How it is counted, in words.")},
            "unit": {"help_text": _("The base unit in which values are kept.")},
            "scale": {"help_text": _("The multiple in which Chinese pages show it.")},
        }


class IndicatorReadingSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """A reading. Only approved and reopened ones are in force; `corrects` names the one that it takes the place of."""

    programme = serializers.SlugRelatedField[Programme]("code", source="indicator.programme", read_only=True)
    indicator = IndicatorNameSerializer()
    owner = BureauNameSerializer(source="indicator.owner")
    value = serializers.DecimalField(
        allow_null=True, help_text=_("In the base unit; null for a standing in words."), **VALUE
    )
    said = serializers.SerializerMethodField(help_text=_("With its qualifier and unit, as pages say it."))
    corrects = serializers.IntegerField(
        source="corrects_id",
        allow_null=True,
        help_text=_("The reading that it takes the place of, by its id."),
    )
    in_force = serializers.BooleanField(source="is_in_force", help_text=_("Whether figures come from it."))
    submitted_by = PersonSerializer()
    submitted_for = PersonSerializer(allow_null=True)
    decided_by = PersonSerializer(allow_null=True)
    decided_for = PersonSerializer(allow_null=True)
    sample_fields = SampleFields()
    moves = serializers.SerializerMethodField()

    class Meta:
        model = Reading
        fields = (
            "id", "programme", "indicator", "owner", "period", "on", "value", "words", "qualifier", "said", "source",
            "note", "status", "in_force", "corrects", "reason", "submitted_at", "submitted_by", "submitted_for",
            "review_due_on", "decided_at", "decided_by", "decided_for", "remarks", "is_sample", "sample_fields",
            "version", "moves", "url",
        )  # fmt: skip
        extra_kwargs = {
            "url": {"view_name": "api:reading-detail"},
            "period": {"help_text": _("The time that it is of, in the words of its source.")},
            "on": {"help_text": _("The last day of that time; readings are put in order by it.")},
            "words": {"help_text": _("How it stands, where the indicator is no figure; else empty.")},
            "reason": {"help_text": _("Why it corrects an earlier one; empty where it does not.")},
            "remarks": {"help_text": _("What the reviewer wrote.")},
        }

    @extend_schema_field(serializers.CharField())
    def get_said(self, reading: Reading) -> str:
        return str(said(reading))

    @extend_schema_field(OfferSerializer(many=True))
    def get_moves(self, reading: Reading) -> list[dict[str, Any]]:
        user = self.context["request"].user
        return moves_of(reading, READING_MOVES, user, self.fields["url"].to_representation(reading))
