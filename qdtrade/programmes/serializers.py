"""Programmes and periods as the API shows them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from qdtrade.accounts.serializers import BureauNameSerializer
from qdtrade.api import OfferSerializer, SampleFields, moves_of

from .held import held_in
from .models import Membership, Period, Programme
from .workflow import MOVES


class PeriodNameSerializer(serializers.ModelSerializer[Period]):
    """A period, wherever one is named."""

    name = serializers.CharField(source="__str__")

    class Meta:
        model = Period
        fields = ("id", "name", "starts_on", "due_on", "status")


class RoleSerializer(serializers.ModelSerializer[Membership]):
    """What the person who asks is in a programme."""

    bureau = BureauNameSerializer(allow_null=True)
    acting_for = serializers.CharField(
        source="stands_for", help_text=_("Whom a deputy acts for; empty for others.")
    )

    class Meta:
        model = Membership
        fields = ("role", "bureau", "starts_on", "ends_on", "acting_for")


class ProgrammeSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """A programme, its rules of time, and the roles of the person who asks."""

    region = BureauNameSerializer()
    remind_before = serializers.ListField(child=serializers.IntegerField(), read_only=True)
    remind_after = serializers.ListField(child=serializers.IntegerField(), read_only=True)
    sample_fields = SampleFields()
    roles = serializers.SerializerMethodField()

    class Meta:
        model = Programme
        fields = (
            "id",
            "code",
            "name",
            "name_en",
            "short_name",
            "region",
            "starts_on",
            "ends_on",
            "opens_day",
            "due_from",
            "report_kind",
            "due_working_day",
            "grace_days",
            "accept_days",
            "review_days",
            "resubmit_days",
            "verify_days",
            "extension_days",
            "remind_before",
            "remind_after",
            "sign_off",
            "project_period_kind",
            "stalled_days",
            "behind_points",
            "is_sample",
            "sample_fields",
            "source",
            "roles",
            "url",
        )
        extra_kwargs = {"url": {"view_name": "api:programme-detail"}}

    @extend_schema_field(RoleSerializer(many=True))
    def get_roles(self, programme: Programme) -> Any:
        return RoleSerializer(held_in(self.context["request"].user, programme.pk), many=True).data


@extend_schema_field(
    {
        "type": ["object", "null"],
        "additionalProperties": {
            "type": "object",
            "additionalProperties": {
                "anyOf": [
                    {"type": "integer"},
                    {"type": "array", "items": {"type": "object", "additionalProperties": True}},
                ]
            },
        },
    }
)
class Figures(serializers.JSONField):
    """The counts that were kept, by ledger and name, with their break-downs; nothing before the period is frozen."""


class PeriodSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """A period with its dates, the figures kept when it was frozen, and its moves."""

    programme = serializers.SlugRelatedField[Programme]("code", read_only=True)
    name = serializers.CharField(source="__str__")
    figures = Figures()
    moves = serializers.SerializerMethodField()

    class Meta:
        model = Period
        fields = (
            "id",
            "programme",
            "kind",
            "name",
            "starts_on",
            "ends_on",
            "opens_on",
            "due_on",
            "grace_on",
            "status",
            "figures",
            "version",
            "moves",
            "url",
        )
        extra_kwargs = {"url": {"view_name": "api:period-detail"}}

    @extend_schema_field(OfferSerializer(many=True))
    def get_moves(self, period: Period) -> list[dict[str, Any]]:
        request = self.context["request"]
        return moves_of(period, MOVES, request.user, self.fields["url"].to_representation(period))
