"""Parts of tasks, and what is filed on them, as the API shows them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from qdtrade.accounts.serializers import BureauNameSerializer, PersonSerializer
from qdtrade.api import OfferSerializer, moves_of
from qdtrade.programmes.models import Programme, Timeliness
from qdtrade.programmes.serializers import PeriodNameSerializer

from ..models import (
    ExpectedPart,
    Part,
    PartFile,
)
from ..workflow import PART_MOVES, PART_REPORT_MOVES
from .register import TaskNameSerializer


class PartSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """What a bureau or a district contributes to a task, perhaps below the part of another one."""

    programme = serializers.SlugRelatedField[Programme]("code", source="task.programme", read_only=True)
    task = TaskNameSerializer()
    bureau = BureauNameSerializer()
    under = serializers.IntegerField(source="under_id", allow_null=True)
    given_by = PersonSerializer()
    given_for = PersonSerializer(allow_null=True)
    accepted_by = PersonSerializer(allow_null=True)
    accepted_for = PersonSerializer(allow_null=True)
    closed_by = PersonSerializer(allow_null=True)
    closed_for = PersonSerializer(allow_null=True)
    closed_reason = serializers.CharField(source="closed_words")
    moves = serializers.SerializerMethodField()

    class Meta:
        model = Part
        fields = (
            "id",
            "programme",
            "task",
            "number",
            "bureau",
            "under",
            "what",
            "due_on",
            "status",
            "given_at",
            "given_by",
            "given_for",
            "accept_due_on",
            "accepted_at",
            "accepted_by",
            "accepted_for",
            "closed_at",
            "closed_by",
            "closed_for",
            "closed_reason",
            "is_sample",
            "version",
            "moves",
            "url",
        )
        extra_kwargs = {"url": {"view_name": "api:part-detail"}}

    @extend_schema_field(OfferSerializer(many=True))
    def get_moves(self, part: Part) -> list[dict[str, Any]]:
        user = self.context["request"].user
        return moves_of(part, PART_MOVES, user, self.fields["url"].to_representation(part))


class PartFileSerializer(serializers.ModelSerializer[PartFile]):
    """A file that goes with what was filed on a part."""

    sha256 = serializers.CharField(source="blob.sha256")
    size = serializers.IntegerField(source="blob.size")

    class Meta:
        model = PartFile
        fields = ("id", "name", "media_type", "size", "sha256", "added_at")


class ExpectedPartSerializer(serializers.HyperlinkedModelSerializer[Any]):
    """What a bureau owes on its part for a period, whether it came in time, and what it says."""

    programme = serializers.SlugRelatedField[Programme]("code", source="task.programme", read_only=True)
    task = TaskNameSerializer()
    part = serializers.IntegerField(source="part_id")
    period = PeriodNameSerializer()
    bureau = BureauNameSerializer()
    timeliness = serializers.ChoiceField(Timeliness.choices)
    filed_by = PersonSerializer(allow_null=True)
    filed_for = PersonSerializer(allow_null=True)
    files = PartFileSerializer(many=True, source="evidence")
    is_sample = serializers.BooleanField(source="part.is_sample")
    moves = serializers.SerializerMethodField()

    class Meta:
        model = ExpectedPart
        fields = (
            "id",
            "programme",
            "task",
            "part",
            "period",
            "bureau",
            "timeliness",
            "status",
            "text",
            "says_done",
            "first_submitted_at",
            "filed_at",
            "filed_by",
            "filed_for",
            "files",
            "exempt_reason",
            "exception_until",
            "exception_reason",
            "is_sample",
            "version",
            "moves",
            "url",
        )
        extra_kwargs = {"url": {"view_name": "api:expectedpart-detail"}}

    @extend_schema_field(OfferSerializer(many=True))
    def get_moves(self, row: ExpectedPart) -> list[dict[str, Any]]:
        user = self.context["request"].user
        return moves_of(row, PART_REPORT_MOVES, user, self.fields["url"].to_representation(row))
