"""Programmes and periods as the API shows them."""

from typing import Any

from rest_framework import serializers

from qdtrade.accounts.serializers import BureauNameSerializer
from qdtrade.api import moves_of

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

    class Meta:
        model = Membership
        fields = ("role", "bureau", "starts_on", "ends_on")


class ProgrammeSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """A programme, its rules of time, and the roles of the person who asks."""

    region = BureauNameSerializer()
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
            "due_working_day",
            "grace_days",
            "accept_days",
            "review_days",
            "resubmit_days",
            "is_sample",
            "sample_fields",
            "source",
            "roles",
            "url",
        )
        extra_kwargs = {"url": {"view_name": "api:programme-detail"}}

    def get_roles(self, programme: Programme) -> Any:
        return RoleSerializer(held_in(self.context["request"].user, programme.pk), many=True).data


class PeriodSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """A period with its dates, the figures kept when it was frozen, and its moves."""

    programme = serializers.SlugRelatedField[Programme]("code", read_only=True)
    name = serializers.CharField(source="__str__")
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

    def get_moves(self, period: Period) -> list[dict[str, Any]]:
        request = self.context["request"]
        return moves_of(period, MOVES, request.user, self.fields["url"].to_representation(period))
